package tfl.repl;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Value;
import org.jline.terminal.Terminal;
import tfl.session.Screen;
import tfl.session.Session;

/** Runs inputs one by one, shows what they give, and remembers enough to undo and to save them. */
final class Evaluator {
    private static final int UNDO_DEPTH = 100;
    private final Session session;
    private final Terminal terminal;
    private final AtomicReference<Thread> running = new AtomicReference<>();
    private final Deque<Value> before = new ArrayDeque<>();
    private final List<String> accepted = new ArrayList<>();
    private PolyglotException lastError;

    Evaluator(Session session, Terminal terminal) {
        this.session = session;
        this.terminal = terminal;
    }

    Session session() {
        return session;
    }

    /** Inputs that ran without an error, oldest first. */
    List<String> accepted() {
        return List.copyOf(accepted);
    }

    /** Runs an input and shows its value, unless it ends with a semicolon. */
    void input(String text) {
        if (text.isBlank()) {
            return;
        }
        guarded(() -> {
            remember();
            var value = session.runFragment(text);
            accepted.add(text);
            session.service("setLast", value);
            if (!text.stripTrailing().endsWith(";")) {
                show(value);
            }
        });
    }

    /** Runs the inputs of a file as if they were typed. */
    void load(Path file) {
        var text = Session.read(file);
        guarded(() -> {
            remember();
            session.runFragment(text);
            accepted.add(text);
        });
    }

    /** Back to before the last input; false if there is none. */
    boolean undo() {
        if (before.isEmpty()) {
            return false;
        }
        session.service("restore", before.pop());
        if (!accepted.isEmpty()) {
            accepted.removeLast();
        }
        return true;
    }

    void reset() {
        session.service("reset");
        before.clear();
        accepted.clear();
    }

    /** Runs work that may be interrupted and may fail; an error is shown, and only a request to leave gets out. */
    void guarded(Runnable work) {
        running.set(Thread.currentThread());
        try {
            work.run();
        } catch (PolyglotException error) {
            if (error.isExit()) {
                throw error;
            }
            lastError = error;
            terminal.writer().print(session.report(error, screen(), false));
        } finally {
            running.set(null);
            // An interrupt that came too late must not stop the next input.
            Thread.interrupted();
            terminal.flush();
        }
    }

    /** The whole call trace of the last error. */
    void backtrace() {
        say(lastError == null ? "there was no error yet" : session.report(lastError, screen(), true).stripTrailing());
    }

    /** Stops the running input; called from the thread that handles signals. */
    void interrupt() {
        if (running.get() != null) {
            session.interrupt();
        }
    }

    void show(Value value) {
        var text = session.service("display", value, screen().width(), screen().colour()).asString();
        if (!text.isEmpty()) {
            say(text);
        }
        if (screen().colour()) {
            var picture = session.service("picture", value).asString();
            if (!picture.isEmpty()) {
                Picture.show(terminal, picture, screen().width());
            }
        }
    }

    void say(String line) {
        terminal.writer().println(line);
        terminal.flush();
    }

    Screen screen() {
        int columns = terminal.getSize().getColumns();
        int width = columns > 0 ? columns : 100;
        return new Screen(width, System.getenv("NO_COLOR") == null && !Terminal.TYPE_DUMB.equals(terminal.getType()));
    }

    private void remember() {
        before.push(session.service("snapshot"));
        if (before.size() > UNDO_DEPTH) {
            before.removeLast();
        }
    }
}

package tfl.repl;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Source;
import org.graalvm.polyglot.Value;
import org.jline.terminal.Terminal;
import tfl.session.Misuse;
import tfl.session.Screen;
import tfl.session.Session;

/** Runs inputs one by one, shows what they give, and remembers enough to undo and to save them. */
final class Evaluator {
    private static final int UNDO_DEPTH = 100;

    /**
     * One input that changed something or ran to its end.
     *
     * @param before the session before it; null once it is too long ago to return to
     * @param input null for one that failed half way
     */
    private record Step(Value before, String text, SavedScript.Input input) {}

    private final Session session;
    private final Terminal terminal;
    private final AtomicReference<Thread> running = new AtomicReference<>();
    private final AtomicBoolean early = new AtomicBoolean();
    private final Deque<Step> steps = new ArrayDeque<>();
    private PolyglotException lastError;
    private Graphics graphics;
    private String typedMeanwhile = "";

    Evaluator(Session session, Terminal terminal) {
        this.session = session;
        this.terminal = terminal;
        try {
            // The first text that runs seeds the generator, which is part of what :undo returns to.
            session.runFragment("none");
        } catch (PolyglotException problem) {
            throw new Misuse(problem.getMessage());
        }
    }

    Session session() {
        return session;
    }

    /** Inputs that ran without an error, oldest first. */
    List<SavedScript.Input> accepted() {
        return steps.reversed().stream().map(Step::input).filter(Objects::nonNull).toList();
    }

    /** Runs an input and shows its value, unless it ends with a semicolon. */
    void input(String text) {
        if (!text.isBlank()) {
            run(text, session.fragment(text), !isHidden(text));
        }
    }

    static boolean isHidden(String text) {
        return text.stripTrailing().endsWith(";");
    }

    /** Runs part of a file as if it were typed; its imports start at the file. */
    void fromFile(String text, Path file) {
        if (!text.isBlank()) {
            run(text, session.fragment(text, file), false);
        }
    }

    private void run(String text, Source source, boolean shown) {
        guarded(() -> {
            reloadChangedModules();
            var before = session.service("snapshot");
            if (stopsEarly()) {
                return;
            }
            Value value;
            try {
                value = session.run(source);
            } catch (PolyglotException failure) {
                if (!failure.isExit() && session.service("changed", before).asBoolean()) {
                    remember(new Step(before, text, null));
                }
                throw failure;
            }
            session.service("setLast", value);
            remember(new Step(before, text, new SavedScript.Input(text, !value.isNull())));
            if (shown) {
                show(value);
            }
        });
    }

    /** Runs again the modules whose files have changed since the last input, and says so. */
    private void reloadChangedModules() {
        var lines = session.service("reload", false);
        for (long i = 0; i < lines.getArraySize(); i++) {
            say(lines.getArrayElement(i).asString());
        }
    }

    /** Back to before the last input; says which one that was. */
    void undo() {
        var step = steps.poll();
        if (step == null || step.before() == null) {
            say("nothing to undo");
            return;
        }
        session.service("restore", step.before());
        var first = step.text().strip().lines().findFirst().orElse("");
        say("undone: " + first + (step.text().strip().contains("\n") ? " ..." : ""));
    }

    /** Forgets a name; false if there is none. */
    boolean drop(String name) {
        var before = session.service("snapshot");
        session.service("drop", name);
        if (!session.service("changed", before).asBoolean()) {
            return false;
        }
        remember(new Step(before, ":drop " + name, null));
        return true;
    }

    /** Forgets all names. */
    void reset() {
        var before = session.service("snapshot");
        session.service("reset");
        steps.clear();
        steps.push(new Step(before, ":reset", null));
    }

    /** Runs work that may be interrupted and may fail; an error is shown, and only a request to leave gets out. */
    void guarded(Runnable work) {
        running.set(Thread.currentThread());
        try {
            if (!stopsEarly()) {
                work.run();
            }
        } catch (PolyglotException error) {
            if (error.isExit()) {
                throw error;
            }
            lastError = error.isInterrupted() ? lastError : error;
            terminal.writer().print(session.report(error, screen(), false));
        } finally {
            running.set(null);
            // An interrupt that came too late must not stop the next input.
            Thread.interrupted();
            early.set(false);
            terminal.flush();
        }
    }

    /** Whether an interrupt came while there was nothing that it could have stopped; says so. */
    private boolean stopsEarly() {
        // The line editor marks the thread where an interrupt comes just after Enter.
        if (!early.getAndSet(false) & !Thread.interrupted()) {
            return false;
        }
        say("interrupted");
        return true;
    }

    /** The whole call trace of the last error. */
    void backtrace() {
        say(lastError == null ? "there was no error yet" : session.report(lastError, screen(), true).stripTrailing());
    }

    /** A new line is about to be read: an interrupt from before is none of its affair. */
    void forgetInterrupt() {
        early.set(false);
    }

    /** Stops the running input, or the one that is about to run; called from the thread that handles signals. */
    void interrupt() {
        early.set(true);
        if (running.get() != null && !session.tryInterrupt() && running.get() != null) {
            say("what runs does not stop; it is left when it ends, or end `tfl` from another terminal");
        }
    }

    void show(Value value) {
        var text = session.service("display", value, screen().width(), screen().colour()).asString();
        var picture = screen().colour() ? session.service("picture", value).asString() : "";
        if (!text.isEmpty()) {
            say(value.canExecute() && !value.hasMembers() ? Wrapped.of(text, screen().width()) : text);
        }
        if (!picture.isEmpty()) {
            Picture.show(terminal, graphics(), picture, screen().width());
        }
    }

    /** What the terminal can show, asked once. */
    private Graphics graphics() {
        if (graphics == null) {
            var answer = Graphics.of(terminal);
            graphics = answer.graphics();
            typedMeanwhile = answer.typed();
        }
        return graphics;
    }

    /** Keys that were pressed while the terminal was asked something; they are given once. */
    String takeTyped() {
        var typed = typedMeanwhile;
        typedMeanwhile = "";
        return typed;
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

    private void remember(Step step) {
        steps.push(step);
        if (steps.size() > UNDO_DEPTH) {
            forgetOldest();
        }
    }

    /** What is too long ago keeps its text for {@code :save}, but no longer holds the values of its time. */
    private void forgetOldest() {
        var kept = new ArrayDeque<Step>(steps.size());
        int depth = 0;
        for (var step : steps) {
            kept.add(depth++ < UNDO_DEPTH ? step : new Step(null, step.text(), step.input()));
        }
        steps.clear();
        steps.addAll(kept);
    }
}

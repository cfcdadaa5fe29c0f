package tfl.notebooks.cell;

import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Value;
import org.graalvm.polyglot.proxy.ProxyExecutable;
import tfl.session.Screen;
import tfl.session.Session;
import tfl.session.SessionOptions;

/**
 * A session whose inputs are cells. One thread runs them; {@link #interrupt} and {@link #emit} may come from any. The
 * sink is never called by two threads at once.
 */
public final class CellSession implements AutoCloseable {
    private static final Screen SCREEN = new Screen(100, true);
    private static final Screen PLAIN = new Screen(100, false);
    private final StreamBuffer buffer;
    private final Session session;
    private final AtomicReference<Thread> running = new AtomicReference<>();
    private UnaryOperator<String> user = prompt -> null;
    private int count;

    public CellSession(SessionOptions options, InputStream standardInput, Consumer<Output> sink) {
        this.buffer = new StreamBuffer(sink);
        this.session = new Session(options, standardInput, buffer.stream(Output.STDOUT),
                buffer.stream(Output.STDERR));
        session.service("attach", (ProxyExecutable) this::show);
    }

    /** Has someone answer the program's questions: from a prompt to a line, or to null where nobody can answer. */
    public void answers(UnaryOperator<String> somebody) {
        this.user = somebody;
    }

    /** What a program asks of the notebook it runs in. */
    private Object show(Value... asked) {
        switch (asked[0].asString()) {
            case "display" -> emit(new Output.Display(texts(asked[1]), asked[2].isNull() ? null : asked[2].asString(),
                    asked[3].asBoolean()));
            case "clear" -> emit(new Output.Clear(asked[1].asBoolean()));
            case "input" -> {
                buffer.flush();
                return user.apply(asked[1].asString());
            }
            default -> throw new IllegalArgumentException(asked[0].asString());
        }
        return null;
    }

    public Session session() {
        return session;
    }

    /** The number of the cell that ran last, or runs. */
    public int count() {
        return count;
    }

    /** Runs one cell; whatever it shows goes to the sink before this returns. */
    public Outcome run(@SuppressWarnings("unused") String cellId, String text) {
        count++;
        return guarded(() -> {
            var value = session.run(session.fragment(text, "<cell " + count + ">"));
            session.service("setLast", value);
            if (!text.stripTrailing().endsWith(";") && !value.isNull()) {
                emit(new Output.Result(bundle(value)));
            }
        });
    }

    /** Runs text that is no cell of the notebook: it is not counted, shows no value, and is not remembered. */
    public Outcome runSilently(String text) {
        return guarded(() -> session.run(session.fragment(text, "<hidden>")));
    }

    /** Runs text that is no cell of the notebook, as for {@link #runSilently}, but shows its value. */
    public Outcome runAside(String text) {
        return guarded(() -> {
            var value = session.run(session.fragment(text, "<aside>"));
            if (!text.stripTrailing().endsWith(";") && !value.isNull()) {
                emit(new Output.Result(bundle(value)));
            }
        });
    }

    /** The value of an expression, for a front end; nothing else changes unless the expression does so. */
    public Map<String, String> evaluate(String expression) {
        return bundle(session.run(session.fragment(expression, "<expression>")));
    }

    /** How a value shows itself, by MIME type. */
    public Map<String, String> bundle(Value value) {
        return texts(session.service("mime", value, SCREEN.width()));
    }

    private static Map<String, String> texts(Value mime) {
        var data = new LinkedHashMap<String, String>();
        for (var type : mime.getMemberKeys()) {
            data.put(type, mime.getMember(type).asString());
        }
        return data;
    }

    /** Shows something in the running cell, behind what was printed so far. */
    public void emit(Output output) {
        buffer.emit(output);
    }

    /** Stops the running cell; false if it does not stop in time. The session goes on. */
    public boolean interrupt() {
        return running.get() == null || session.tryInterrupt();
    }

    /** An error, as a notebook shows it. */
    public Output.Failure failure(PolyglotException error) {
        var lines = session.report(error, SCREEN, true).stripTrailing().lines().toList();
        var guest = error.getGuestObject();
        if (error.isInterrupted() || error.isCancelled()) {
            return new Output.Failure("Interrupted", "the cell was interrupted", lines);
        }
        if (guest != null && guest.hasMember("report")) {
            return new Output.Failure(guest.getMember("code").asString(), guest.getMember("message").asString(), lines);
        }
        var plain = session.report(error, PLAIN, false).lines().findFirst().orElse("");
        return new Output.Failure("error", plain.replaceFirst("^error: ", ""), lines);
    }

    private Outcome guarded(Runnable work) {
        running.set(Thread.currentThread());
        try {
            work.run();
            return new Outcome(Outcome.Status.DONE, count, null, 0);
        } catch (PolyglotException error) {
            if (error.isExit()) {
                return new Outcome(Outcome.Status.EXITED, count, null, error.getExitStatus());
            }
            var failure = failure(error);
            emit(failure);
            boolean stopped = error.isInterrupted() || error.isCancelled();
            return new Outcome(stopped ? Outcome.Status.INTERRUPTED : Outcome.Status.FAILED, count, failure, 0);
        } finally {
            running.set(null);
            // An interrupt that came too late must not stop the next cell.
            Thread.interrupted();
            buffer.flush();
        }
    }

    @Override
    public void close() {
        session.close();
        buffer.close();
    }
}

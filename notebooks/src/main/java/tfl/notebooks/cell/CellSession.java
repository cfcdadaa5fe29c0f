package tfl.notebooks.cell;

import java.io.InputStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Source;
import org.graalvm.polyglot.Value;
import org.graalvm.polyglot.proxy.ProxyExecutable;
import tfl.session.Misuse;
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
    private final Tracker tracker;
    private final CellCommands commands;
    private final Object interrupts = new Object();
    private UnaryOperator<String> user = prompt -> null;
    private boolean running;
    private int count;

    /**
     * Starts a session.
     *
     * @throws Misuse if the options cannot be met
     */
    public CellSession(SessionOptions options, InputStream standardInput, Consumer<Output> sink) {
        this(options, standardInput, sink, Path.of(""));
    }

    /**
     * The same; paths in the cells begin at that folder.
     *
     * @throws Misuse if the options cannot be met
     */
    public CellSession(SessionOptions options, InputStream standardInput, Consumer<Output> sink, Path folder) {
        this.buffer = new StreamBuffer(sink);
        this.session = new Session(options, standardInput, buffer.stream(Output.STDOUT),
                buffer.stream(Output.STDERR), folder);
        session.service("attach", (ProxyExecutable) this::show);
        try {
            // The first text that runs makes the session check its options and seed its generator.
            session.runFragment("none");
        } catch (PolyglotException problem) {
            close();
            throw new Misuse(problem.getMessage());
        }
        this.tracker = new Tracker(session);
        this.commands = new CellCommands(this, tracker);
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

    /**
     * Runs one cell; whatever it shows goes to the sink before this returns.
     *
     * @param cellId which cell of the notebook, the same when it runs again; null or empty where the front end does
     *     not tell, then it is found by its text and by the names it defines
     */
    public Outcome run(String cellId, String text) {
        count++;
        var known = Set.copyOf(tracker.cells().stale());
        tracker.reload().forEach(this::say);
        var outcome = commands.run(cellId, count, text);
        if (outcome.status() != Outcome.Status.EXITED && !commands.isOnlyCommands(text)) {
            var now = tracker.cells().stale();
            if (!known.containsAll(now)) {
                emit(new Output.Display(StaleText.bundle(now)));
            }
        }
        return outcome;
    }

    /** Runs text that is no cell of the notebook: it is not counted, shows no value, and is not remembered. */
    public Outcome runSilently(String text) {
        return besides(text, "<hidden>", value -> { });
    }

    /** Runs text that is no cell of the notebook, as for {@link #runSilently}, but shows its value. */
    public Outcome runAside(String text) {
        return besides(text, "<aside>", value -> {
            if (!text.stripTrailing().endsWith(";") && !value.isNull()) {
                emit(new Output.Result(bundle(value)));
            }
        });
    }

    private Outcome besides(String text, String name, Consumer<Value> then) {
        var outcome = guarded(() -> {
            then.accept(session.run(session.freshFragment(text, name)));
            return null;
        }).outcome();
        if (outcome.status() != Outcome.Status.EXITED) {
            tracker.adoptAfter(text);
        }
        return outcome;
    }

    /** The value of an expression, for a front end; nothing else changes unless the expression does so. */
    public Map<String, String> evaluate(String expression) {
        return bundle(session.run(session.freshFragment(expression, "<expression>")));
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

    /** The cells whose last run is not what running all from the top would give, in order. */
    public List<Stale> stale() {
        return tracker.cells().stale();
    }

    /** Tells the order of the cells in the notebook; without it, it is that in which they first ran. */
    public void order(List<String> cellIds) {
        tracker.cells().order(cellIds);
    }

    /** Tells that cells are no longer in the notebook. What they defined stays until the session is made exact. */
    public void forget(List<String> cellIds) {
        cellIds.forEach(tracker.cells()::remove);
    }

    /** Shows something in the running cell, behind what was printed so far. */
    public void emit(Output output) {
        buffer.emit(output);
    }

    /** Writes a line in the running cell. */
    void say(String line) {
        emit(new Output.Stream(Output.STDOUT, line + "\n"));
    }

    /** Stops the running cell; false if it does not stop in time. The session goes on. */
    public boolean interrupt() {
        synchronized (interrupts) {
            return !running || session.tryInterrupt();
        }
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

    /** The text of a cell, whose number errors tell. */
    Source source(String text, int number) {
        return session.freshFragment(text, "<cell " + number + ">");
    }

    /** Runs work that may fail or be interrupted, which then is shown. */
    Tracker.Ending guarded(Supplier<Value> work) {
        synchronized (interrupts) {
            running = true;
        }
        try {
            var value = work.get();
            return new Tracker.Ending(new Outcome(Outcome.Status.DONE, count, null, 0), value);
        } catch (PolyglotException error) {
            return new Tracker.Ending(failed(error), null);
        } finally {
            synchronized (interrupts) {
                running = false;
                // An interrupt that came too late must not stop the next cell.
                Thread.interrupted();
            }
            buffer.flush();
        }
    }

    private Outcome failed(PolyglotException error) {
        if (error.isExit()) {
            return new Outcome(Outcome.Status.EXITED, count, null, error.getExitStatus());
        }
        var failure = failure(error);
        emit(failure);
        boolean stopped = error.isInterrupted() || error.isCancelled();
        return new Outcome(stopped ? Outcome.Status.INTERRUPTED : Outcome.Status.FAILED, count, failure, 0);
    }

    @Override
    public void close() {
        session.close();
        buffer.close();
    }
}

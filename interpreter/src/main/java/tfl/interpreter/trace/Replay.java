package tfl.interpreter.trace;

import com.oracle.truffle.api.CompilerDirectives;
import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.frame.MaterializedFrame;
import java.util.HashMap;
import java.util.Map;
import tfl.interpreter.Catching;
import tfl.tensor.TensorValue;
import tfl.transform.Mapping;
import tfl.transform.Trace;

/**
 * One go at a statement that a choice may leave from the middle of an expression, such as
 * {@code y = if c { return x } else { 1 }}. Half of an expression cannot be taken into both sides, but the
 * statement can: on each side it is done again from its beginning, and that choice is known. What comes before the
 * choice is computed on both sides; what it does beside computing is done once.
 *
 * <p>So is a {@code try} with a choice anywhere within it, also in what it calls, of which a side raises an error.
 */
public final class Replay {
    /** Of choices that raise within one try; errors of those beyond end the graph. */
    private static final int MOST_RAISING = 20;
    private static final ThreadLocal<Replay> STATEMENT = new ThreadLocal<>();
    private static final ThreadLocal<Replay> TRY = new ThreadLocal<>();

    private final ThreadLocal<Replay> current;
    private final Replay outer;
    private final MaterializedFrame frame;
    private final int depth = Branch.depth();
    /** How many tries are nearby in the body of this one. */
    private final int tries = Catching.nearby() + 1;
    /** Of some of the choices, numbered as they come, which way is taken. */
    private final Map<Integer, Boolean> known;
    private final boolean silent;
    private int choices;
    private int divided;

    private Replay(ThreadLocal<Replay> current, MaterializedFrame frame, Map<Integer, Boolean> known, boolean silent) {
        this.current = current;
        this.outer = current.get();
        this.frame = frame;
        this.known = known;
        this.silent = silent;
    }

    /** Whether there may be a choice that only a graph or a map makes. */
    public static boolean mayBeNeeded() {
        boolean any = Trace.isAnyActive() || Mapping.isAnyActive();
        return CompilerDirectives.injectBranchProbability(CompilerDirectives.SLOWPATH_PROBABILITY, any)
                && isTransformed();
    }

    @TruffleBoundary
    private static boolean isTransformed() {
        return Trace.isActive() || Mapping.isActive();
    }

    /**
     * Does a statement. The frame may be left changed by a {@link Split} that goes out.
     *
     * @throws Split if it ends in two ways
     */
    @TruffleBoundary
    public static Outcome of(MaterializedFrame frame, Body statement, Choice.Site site) {
        return run(STATEMENT, frame, statement, site, FrameState.of(frame), Map.of());
    }

    /**
     * Does a {@code try}.
     *
     * @param whole its body and what catches the errors of that
     * @throws Split if it ends in two ways
     */
    @TruffleBoundary
    public static Outcome ofTry(MaterializedFrame frame, Body whole, Choice.Site site) {
        return run(TRY, frame, whole, site, FrameState.of(frame), Map.of());
    }

    private static Outcome run(ThreadLocal<Replay> current, MaterializedFrame frame, Body statement, Choice.Site site,
            FrameState start, Map<Integer, Boolean> known) {
        boolean silent = Effects.silence(true);
        var replay = new Replay(current, frame, known, silent);
        current.set(replay);
        TensorValue condition;
        try {
            Effects.silence(silent || !known.isEmpty());
            return statement.run(frame);
        } catch (Split thrown) {
            if (current == TRY) {
                throw thrown;
            }
            condition = thrown.condition();
        } catch (RaisingSide thrown) {
            if (thrown.caught() != replay) {
                throw thrown;
            }
            condition = thrown.condition();
        } finally {
            Effects.silence(silent);
            current.set(replay.outer);
        }
        start.restore(frame);
        return Choice.of(frame, condition,
                own -> run(current, own, statement, site, start, replay.knowing(true)),
                own -> run(current, own, statement, site, start, replay.knowing(false)), site);
    }

    private Map<Integer, Boolean> knowing(boolean way) {
        var more = new HashMap<>(known);
        more.put(divided, way);
        return more;
    }

    /** The statement that this thread is at, if it is one of that frame; else null. */
    static Replay at(MaterializedFrame frame) {
        var replay = STATEMENT.get();
        return replay != null && replay.frame == frame && replay.depth == Branch.depth() ? replay : null;
    }

    /** The try that catches what is thrown now, if it may choose in place of a choice that stands here; else null. */
    static Replay catching() {
        int nearby = Catching.nearby();
        var replay = nearby == 0 ? null : TRY.get();
        while (replay != null && replay.tries > nearby) {
            replay = replay.outer;
        }
        return replay != null && replay.tries == nearby && replay.depth == Branch.depth() ? replay : null;
    }

    /** Whether it may be done once more for another choice. */
    boolean mayDivide() {
        return known.size() < MOST_RAISING;
    }

    /** The number of the choice that comes now. */
    int next() {
        return choices++;
    }

    boolean knows(int choice) {
        return known.containsKey(choice);
    }

    /** Goes the way that is known. */
    Outcome take(int choice, MaterializedFrame frame, Body yes, Body no) {
        if (choice == known.keySet().stream().max(Integer::compare).orElseThrow()) {
            Effects.silence(silent);
        }
        return (known.get(choice) ? yes : no).run(frame);
    }

    /** Notes which choice the statement is divided at. */
    void divide(int choice) {
        divided = choice;
    }
}

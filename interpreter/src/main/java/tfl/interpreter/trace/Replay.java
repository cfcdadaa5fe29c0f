package tfl.interpreter.trace;

import com.oracle.truffle.api.CompilerDirectives;
import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.frame.MaterializedFrame;
import com.oracle.truffle.api.nodes.ControlFlowException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
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
    /** What choices may weigh that a try makes, and one within it, and one within that. */
    private static final int[] MOST = {40, 12, 4};
    /** Of a choice of which both sides go on, each through all that follows. */
    private static final int HEAVY = 8;
    /** Goes at tries, of a whole graph or of one around which there is none. */
    private static final int MOST_GOES = 400;
    private static final ThreadLocal<Bound> BOUND = new ThreadLocal<>();
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
    private boolean silent;
    private final Effort effort;
    private int choices;
    private int divided;
    private int weight;

    /**
     * How much was done for it.
     *
     * @param level how many tries are around
     * @param weight of the choices that are known
     * @param goes how many there were; counted
     */
    private record Effort(int level, int weight, int[] goes) {
        static Effort around(Replay replay) {
            var bound = BOUND.get();
            return replay == null ? new Effort(0, 0, bound == null ? new int[1] : bound.goes)
                    : new Effort(replay.effort.level + 1, 0, replay.effort.goes);
        }
    }

    private Replay(ThreadLocal<Replay> current, MaterializedFrame frame, Map<Integer, Boolean> known, Effort effort) {
        this.current = current;
        this.outer = current.get();
        this.frame = frame;
        this.known = known;
        this.effort = effort;
        this.silent = !known.isEmpty();
        if (silent) {
            Effects.silence();
        }
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
        return run(STATEMENT, frame, statement, site, FrameState.of(frame), Map.of(), Effort.around(null));
    }

    /**
     * Does a {@code try}.
     *
     * @param whole its body and what catches the errors of that
     * @throws Split if it ends in two ways
     */
    @TruffleBoundary
    public static Outcome ofTry(MaterializedFrame frame, Body whole, Choice.Site site) {
        var effort = Effort.around(TRY.get());
        try {
            return run(TRY, frame, whole, site, FrameState.of(frame), Map.of(), effort);
        } catch (TooManyGoes many) {
            if (effort.level > 0 || BOUND.get() != null) {
                throw many;
            }
            throw Refusals.manyWays(site.span(), site.node());
        }
    }

    /** Of a graph that is written down: whether tries in it may divide, and how many goes there were at them. */
    private record Bound(boolean divides, int[] goes) {}

    /** So many choices raise within a try that it cannot be done for each way. */
    private static final class TooManyGoes extends ControlFlowException {}

    /**
     * Writes a whole graph down. If that takes too many goes at tries, it is written down anew, and errors of one side
     * of a choice end the graph.
     */
    public static <T> T bounded(Supplier<T> graph) {
        try {
            return within(new Bound(true, new int[1]), graph);
        } catch (TooManyGoes many) {
            return within(new Bound(false, new int[1]), graph);
        }
    }

    private static <T> T within(Bound bound, Supplier<T> graph) {
        var before = BOUND.get();
        BOUND.set(bound);
        try {
            return graph.get();
        } finally {
            BOUND.set(before);
        }
    }

    private static Outcome run(ThreadLocal<Replay> current, MaterializedFrame frame, Body statement, Choice.Site site,
            FrameState start, Map<Integer, Boolean> known, Effort effort) {
        if (current == TRY && ++effort.goes[0] > MOST_GOES && mayDivide()) {
            throw new TooManyGoes();
        }
        var replay = new Replay(current, frame, known, effort);
        current.set(replay);
        TensorValue condition;
        try {
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
            replay.speak();
            current.set(replay.outer);
        }
        start.restore(frame);
        var more = new Effort(effort.level, effort.weight + replay.weight, effort.goes);
        return Choice.of(frame, condition,
                own -> run(current, own, statement, site, start, replay.knowing(true), more),
                own -> run(current, own, statement, site, start, replay.knowing(false), more), site);
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

    private static boolean mayDivide() {
        var bound = BOUND.get();
        return bound == null || bound.divides;
    }

    /**
     * Whether it may be done once more for another choice.
     *
     * @param ends whether a side of that ends in an error
     */
    boolean mayDivide(boolean ends) {
        return mayDivide() && effort.weight + weight(ends) <= MOST[Math.min(effort.level, MOST.length - 1)];
    }

    private static int weight(boolean ends) {
        return ends ? 1 : HEAVY;
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
            speak();
        }
        return (known.get(choice) ? yes : no).run(frame);
    }

    /** What comes is not done again any more. */
    private void speak() {
        if (silent) {
            silent = false;
            Effects.unsilence();
        }
    }

    /**
     * Notes which choice the statement is divided at.
     *
     * @param ends whether a side of that ends in an error
     */
    void divide(int choice, boolean ends) {
        divided = choice;
        weight = weight(ends);
    }
}

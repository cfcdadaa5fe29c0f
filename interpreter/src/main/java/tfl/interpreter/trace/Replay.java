package tfl.interpreter.trace;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.frame.MaterializedFrame;
import java.util.HashMap;
import java.util.Map;

/**
 * One go at a statement that a choice may leave from the middle of an expression, such as
 * {@code y = if c { return x } else { 1 }}. Half of an expression cannot be taken into both sides, but the
 * statement can: on each side it is done again from its beginning, and that choice is known. What comes before the
 * choice is computed on both sides; what it does beside computing is done once.
 */
public final class Replay {
    private static final ThreadLocal<Replay> CURRENT = new ThreadLocal<>();

    private final MaterializedFrame frame;
    private final int depth = Branch.depth();
    /** Of some of the choices, numbered as they come, which way is taken. */
    private final Map<Integer, Boolean> known;
    private final boolean silent;
    private int choices;
    private int mixed;

    private Replay(MaterializedFrame frame, Map<Integer, Boolean> known, boolean silent) {
        this.frame = frame;
        this.known = known;
        this.silent = silent;
    }

    /**
     * Does a statement. The frame may be left changed by a {@link Split} that goes out.
     *
     * @throws Split if it ends in two ways
     */
    @TruffleBoundary
    public static Outcome of(MaterializedFrame frame, Body statement, Choice.Site site) {
        return run(frame, statement, site, FrameState.of(frame), Map.of());
    }

    private static Outcome run(MaterializedFrame frame, Body statement, Choice.Site site, FrameState start,
            Map<Integer, Boolean> known) {
        var outer = CURRENT.get();
        boolean silent = Effects.silence(true);
        var replay = new Replay(frame, known, silent);
        CURRENT.set(replay);
        Split split;
        try {
            Effects.silence(silent || !known.isEmpty());
            return statement.run(frame);
        } catch (Split thrown) {
            split = thrown;
        } finally {
            Effects.silence(silent);
            CURRENT.set(outer);
        }
        start.restore(frame);
        return Choice.of(frame, split.condition(),
                own -> run(own, statement, site, start, replay.knowing(true)),
                own -> run(own, statement, site, start, replay.knowing(false)), site);
    }

    private Map<Integer, Boolean> knowing(boolean way) {
        var more = new HashMap<>(known);
        more.put(mixed, way);
        return more;
    }

    /** The statement that this thread is at, if it is one of that frame; else null. */
    static Replay at(MaterializedFrame frame) {
        var replay = CURRENT.get();
        return replay != null && replay.frame == frame && replay.depth == Branch.depth() ? replay : null;
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

    /** Notes that a choice ends in two ways. */
    void split(int choice) {
        mixed = choice;
    }
}

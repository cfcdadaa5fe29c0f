package tfl.interpreter.trace;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import tfl.transform.Mapping;
import tfl.transform.Trace;

/** Whether a {@code try} catches what is thrown now: not one around a branch, loop or graph that is being written. */
public final class Catching {
    private static final ThreadLocal<int[]> TRIES = ThreadLocal.withInitial(() -> new int[1]);

    private Catching() {}

    /** Whether this thread enters a try; costs nothing while no graph is written and nothing is mapped. */
    public static boolean enter() {
        return (Trace.isAnyActive() || Mapping.isAnyActive()) && entered();
    }

    @TruffleBoundary
    private static boolean entered() {
        boolean transformed = Trace.isActive() || Mapping.isActive();
        TRIES.get()[0] += transformed ? 1 : 0;
        return transformed;
    }

    /** Leaves a try that was entered. */
    @TruffleBoundary
    public static void leave() {
        TRIES.get()[0]--;
    }

    static boolean now() {
        return TRIES.get()[0] > 0;
    }

    /** From here on no try catches; says how many did before, for {@link #restore}. */
    public static int suspend() {
        int before = TRIES.get()[0];
        TRIES.get()[0] = 0;
        return before;
    }

    /** As it was before {@link #suspend}. */
    public static void restore(int before) {
        TRIES.get()[0] = before;
    }
}

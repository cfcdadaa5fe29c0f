package tfl.interpreter;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import tfl.transform.Mapping;
import tfl.transform.Trace;

/** Whether a {@code try} catches what is thrown now: not one around a branch, loop or graph that is being written. */
public final class Catching {
    private static final ThreadLocal<Catching> CURRENT = ThreadLocal.withInitial(Catching::new);

    private int tries;
    /** Those with no transformation between them and here, which ends before them. */
    private int near;

    private Catching() {}

    /** Whether this thread enters a try; costs nothing while no graph is written and nothing is mapped. */
    public static boolean enter() {
        return isAnyTransformed() && entered();
    }

    private static boolean isAnyTransformed() {
        return Trace.isAnyActive() || Mapping.isAnyActive();
    }

    @TruffleBoundary
    private static boolean entered() {
        boolean transformed = Trace.isActive() || Mapping.isActive();
        if (transformed) {
            CURRENT.get().tries++;
            CURRENT.get().near++;
        }
        return transformed;
    }

    /** Leaves a try that was entered. */
    @TruffleBoundary
    public static void leave() {
        CURRENT.get().tries--;
        CURRENT.get().near--;
    }

    public static boolean now() {
        return CURRENT.get().tries > 0;
    }

    /** How many tries may choose in place of a choice that stands here; the last catches what is thrown now. */
    public static int nearby() {
        return CURRENT.get().near;
    }

    /** A transformation begins; says how many tries were nearby before, for {@link #back}. */
    public static int away() {
        if (!isAnyTransformed()) {
            return 0;
        }
        int before = CURRENT.get().near;
        CURRENT.get().near = 0;
        return before;
    }

    /** As it was before {@link #away}. */
    public static void back(int before) {
        if (before > 0) {
            CURRENT.get().near = before;
        }
    }

    /** From here on no try catches; says which did before, for {@link #restore}. */
    public static Catching suspend() {
        var before = CURRENT.get();
        CURRENT.set(new Catching());
        return before;
    }

    /** Whether the try that caught before {@link #suspend} may choose in place of a choice that stood there. */
    public boolean wasNearby() {
        return near > 0;
    }

    /** As it was before {@link #suspend}. */
    public static void restore(Catching before) {
        CURRENT.set(before);
    }
}

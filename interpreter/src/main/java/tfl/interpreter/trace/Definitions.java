package tfl.interpreter.trace;

import com.oracle.truffle.api.Assumption;
import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.Truffle;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Supplier;
import tfl.transform.Trace;

/** The definitions of modules that a traced function read: when one is replaced, its graph is out of date. */
public final class Definitions {
    private static final ThreadLocal<Definitions> CURRENT = new ThreadLocal<>();

    // Programs without graphs pay nothing for what is noted here.
    private static final Assumption UNTRACED = Truffle.getRuntime().createAssumption("no function is traced");

    private static final Assumption[] NONE = {};

    private final Set<Assumption> read = new LinkedHashSet<>();
    /** The same, once the work is done: calls look through them. */
    private Assumption[] all = NONE;

    /** Notes that what this thread traces reads a definition, valid as long as the assumption is. */
    public static void noteRead(Assumption stable) {
        if (!UNTRACED.isValid()) {
            note(stable);
        }
    }

    @TruffleBoundary
    private static void note(Assumption stable) {
        if (Trace.isActive() && CURRENT.get() != null) {
            CURRENT.get().read.add(stable);
        }
    }

    /** Does a piece of work and notes what it reads. */
    public <T> T reading(Supplier<T> work) {
        UNTRACED.invalidate();
        var outer = CURRENT.get();
        CURRENT.set(this);
        try {
            return work.get();
        } finally {
            CURRENT.set(outer);
            all = read.toArray(Assumption[]::new);
        }
    }

    /** Whether none was replaced since. */
    public boolean areCurrent() {
        for (var each : all) {
            if (!each.isValid()) {
                return false;
            }
        }
        return true;
    }
}

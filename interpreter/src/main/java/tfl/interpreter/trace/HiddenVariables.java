package tfl.interpreter.trace;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The hidden variables that branches and loops carry along with those of the frame. */
public final class HiddenVariables {
    private static final List<Hidden> ALL = new CopyOnWriteArrayList<>();

    private HiddenVariables() {}

    /** Makes one known, for good. Its get and set are of the thread that calls them. */
    public static void register(Hidden hidden) {
        ALL.add(hidden);
    }

    static List<Hidden> all() {
        return List.copyOf(ALL);
    }
}

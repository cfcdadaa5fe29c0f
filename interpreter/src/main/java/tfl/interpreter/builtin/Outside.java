package tfl.interpreter.builtin;

import tfl.interpreter.ErrorKind;
import tfl.interpreter.TflContext;
import tfl.interpreter.TflException;
import tfl.transform.Trace;

/** What reaches out of the program, such as clocks and files, and has no place in a graph. */
public final class Outside {
    private Outside() {}

    /**
     * Says that a builtin is about to do such a thing.
     *
     * @param what it does, such as {@code reads the clock}
     * @throws TflException while a graph is traced, which would do it once and never again
     */
    public static void reach(String builtin, String what) {
        if (Trace.isActive()) {
            throw TflException.of(ErrorKind.VALUE, "TFL-E0365", builtin + " " + what
                    + " while a graph is traced: it would be done once, and not when the graph runs",
                    "move it out of the graph, and pass the result in");
        }
    }

    /** A variable of the environment that the session sees, or null; it sees what its embedder lets it. */
    public static String variable(String name) {
        return TflContext.get(null).env().getEnvironment().get(name);
    }
}

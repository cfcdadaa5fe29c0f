package tfl.interpreter.trace;

import tfl.language.source.Span;
import tfl.transform.Trace;

/** Where in the source the operation at hand stands, while a graph is written. */
public final class Place {
    private static final ThreadLocal<Span> CURRENT = new ThreadLocal<>();

    private Place() {}

    /** Notes the place of what this thread does next; costs nothing while no graph is written. */
    public static void at(Span span) {
        if (Trace.isActive()) {
            CURRENT.set(span);
        }
    }

    /** The last place noted. */
    public static Span current() {
        var span = CURRENT.get();
        return span == null ? Span.NONE : span;
    }
}

package tfl.interpreter;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.source.Source;
import tfl.language.source.Location;
import tfl.language.source.Location.Frame;
import tfl.language.source.Span;
import tfl.transform.Trace;

/** Where in the source the operation at hand stands, while a graph is written. */
public final class Place {
    private static final ThreadLocal<Place> CURRENT = ThreadLocal.withInitial(Place::new);

    private Location location = Location.NONE;

    private Place() {}

    /** Notes the place of what this thread does next; costs nothing while no graph is written. */
    public static void at(Span span) {
        if (Trace.isActive()) {
            var place = CURRENT.get();
            place.location = new Location(span, place.location.frame());
        }
    }

    /** Whether this thread enters a function, which it called from the place last noted, while a graph is written. */
    public static boolean enter(String function, Source source, Span span) {
        return Trace.isAnyActive() && entered(function, source, span);
    }

    @TruffleBoundary
    private static boolean entered(String function, Source source, Span span) {
        boolean traced = Trace.isActive();
        if (traced) {
            var place = CURRENT.get();
            place.location = new Location(span, new Frame(function, source.isInternal(), place.location));
        }
        return traced;
    }

    /** Leaves a function that was entered, for where it was called. */
    @TruffleBoundary
    public static void leave() {
        var place = CURRENT.get();
        place.location = place.location.frame().call();
    }

    /** The last place noted. */
    public static Location current() {
        return CURRENT.get().location;
    }
}

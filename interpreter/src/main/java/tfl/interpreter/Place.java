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
            place.location = new Location(span, place.location.frame(), null);
        }
    }

    /**
     * This thread enters a function, which it called from the place last noted; says which that is, for {@link #back}.
     * Null while no graph is written.
     */
    public static Location enter(String function, Source source, Span span) {
        return Trace.isAnyActive() ? entered(function, source, span) : null;
    }

    @TruffleBoundary
    private static Location entered(String function, Source source, Span span) {
        return Trace.isActive() ? moved(new Location(span, new Frame(function, source.isInternal(), current()), null))
                : null;
    }

    /** This thread calls a builtin from the place last noted; says which that is, as {@link #enter} does. */
    public static Location calling(String builtin) {
        return Trace.isActive() ? moved(new Location(current().span(), current().frame(), builtin)) : null;
    }

    private static Location moved(Location next) {
        var place = CURRENT.get();
        var before = place.location;
        place.location = next;
        return before;
    }

    /** As it was before {@link #enter} or {@link #calling}. */
    @TruffleBoundary
    public static void back(Location before) {
        CURRENT.get().location = before;
    }

    /** The last place noted. */
    public static Location current() {
        return CURRENT.get().location;
    }
}

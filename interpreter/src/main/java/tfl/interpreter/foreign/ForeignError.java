package tfl.interpreter.foreign;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.TruffleStackTrace;
import com.oracle.truffle.api.TruffleStackTraceElement;
import com.oracle.truffle.api.exception.AbstractTruffleException;
import com.oracle.truffle.api.interop.InteropLibrary;
import com.oracle.truffle.api.interop.UnsupportedMessageException;
import com.oracle.truffle.api.nodes.Node;
import com.oracle.truffle.api.source.SourceSection;
import java.util.List;

/** An exception of Java or of another language that comes through a program. */
public final class ForeignError {
    private static final InteropLibrary INTEROP = InteropLibrary.getUncached();

    private ForeignError() {}

    /** Its own message; the name of its class where it has none. */
    @TruffleBoundary
    public static String message(AbstractTruffleException error) {
        try {
            if (INTEROP.hasExceptionMessage(error)) {
                return INTEROP.asString(INTEROP.getExceptionMessage(error));
            }
        } catch (UnsupportedMessageException gone) {
            return String.valueOf(error.getMessage());
        }
        return error.getMessage() == null ? ForeignObject.kind(error) : error.getMessage();
    }

    /** Where the user's own text was when it came, or null. */
    @TruffleBoundary
    public static SourceSection place(AbstractTruffleException error) {
        var place = section(error.getLocation());
        if (place != null) {
            return place;
        }
        var trace = TruffleStackTrace.getStackTrace(error);
        for (var element : trace == null ? List.<TruffleStackTraceElement>of() : trace) {
            place = section(element.getLocation());
            if (place != null) {
                return place;
            }
        }
        return null;
    }

    private static SourceSection section(Node node) {
        var section = node == null ? null : node.getEncapsulatingSourceSection();
        return section == null || !section.isAvailable() || section.getSource().isInternal() ? null : section;
    }
}

package tfl.interpreter;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.TruffleStackTrace;
import com.oracle.truffle.api.TruffleStackTraceElement;
import com.oracle.truffle.api.exception.AbstractTruffleException;
import com.oracle.truffle.api.nodes.Node;
import com.oracle.truffle.api.source.SourceSection;
import java.util.List;

/** Where a user's own text was when an exception came, whoever threw it. */
public final class UserPlace {
    private UserPlace() {}

    /** The innermost place that is not in the library, or null. */
    @TruffleBoundary
    public static SourceSection of(AbstractTruffleException error) {
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

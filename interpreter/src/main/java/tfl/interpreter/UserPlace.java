package tfl.interpreter;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.TruffleStackTrace;
import com.oracle.truffle.api.TruffleStackTraceElement;
import com.oracle.truffle.api.exception.AbstractTruffleException;
import com.oracle.truffle.api.nodes.Node;
import com.oracle.truffle.api.source.SourceSection;
import java.util.List;
import tfl.language.source.Span;

/** Where a user's own text was when an exception came, whoever threw it. */
public final class UserPlace {
    private UserPlace() {}

    /** The innermost place that is not in the library, or null. */
    @TruffleBoundary
    public static SourceSection of(AbstractTruffleException error) {
        return section(node(error));
    }

    /** The innermost node that is not in the library, or null. */
    @TruffleBoundary
    public static Node node(AbstractTruffleException error) {
        if (section(error.getLocation()) != null) {
            return error.getLocation();
        }
        var trace = TruffleStackTrace.getStackTrace(error);
        for (var element : trace == null ? List.<TruffleStackTraceElement>of() : trace) {
            if (section(element.getLocation()) != null) {
                return element.getLocation();
            }
        }
        return null;
    }

    /** The text of the innermost expression that a node is part of, or {@link Span#NONE}. */
    @TruffleBoundary
    public static Span span(Node node) {
        var around = node;
        while (around != null && !(around instanceof Placed placed && placed.span().isKnown())) {
            around = around.getParent();
        }
        return around == null ? Span.NONE : ((Placed) around).span();
    }

    private static SourceSection section(Node node) {
        var section = node == null ? null : node.getEncapsulatingSourceSection();
        return section == null || !section.isAvailable() || section.getSource().isInternal() ? null : section;
    }
}

package tfl.interpreter.polyglot;

import com.oracle.truffle.api.TruffleStackTrace;
import com.oracle.truffle.api.TruffleStackTraceElement;
import com.oracle.truffle.api.nodes.Node;
import java.util.ArrayList;
import java.util.List;
import tfl.interpreter.TflException;
import tfl.interpreter.node.TflRootNode;
import tfl.language.source.Diagnostic;
import tfl.language.source.Span;

/** Errors as users read them. */
final class Reports {
    private Reports() {}

    static String of(TflException error, int width, boolean colour, boolean calls) {
        var style = new Diagnostic.Style(colour, width, true);
        if (!error.syntaxProblems().isEmpty()) {
            return Diagnostic.render(error.syntaxProblems().stream().map(Diagnostic::of).toList(), style);
        }
        return Diagnostic.of(error.problem(), place(error), calls ? calls(error) : List.of()).render(style);
    }

    /** Where the text of the user's own went wrong, also if a module of the library noticed. */
    static Span place(TflException error) {
        var trace = TruffleStackTrace.getStackTrace(error);
        for (var element : trace == null ? List.<TruffleStackTraceElement>of() : trace) {
            if (element.getTarget().getRootNode() instanceof TflRootNode root && !root.source().isInternal()) {
                return root.span().source() == error.span().source() ? error.span()
                        : place(root, element.getLocation());
            }
        }
        return error.span();
    }

    /**
     * The functions that were running, innermost first; none if only the program's own text was. Of functions of the
     * library that called each other only the one that the program called is told.
     */
    private static List<Diagnostic.Call> calls(TflException error) {
        var trace = TruffleStackTrace.getStackTrace(error);
        var running = (trace == null ? List.<TruffleStackTraceElement>of() : trace).stream()
                .filter(element -> element.getTarget().getRootNode() instanceof TflRootNode).toList();
        var calls = new ArrayList<Diagnostic.Call>();
        for (int i = 0; i < running.size(); i++) {
            var root = root(running.get(i));
            boolean inside = root.source().isInternal() && i + 1 < running.size()
                    && root(running.get(i + 1)).source().isInternal();
            if (inside) {
                continue;
            }
            calls.add(new Diagnostic.Call(root.function(), i == 0 && error.span().isKnown() ? error.span()
                    : place(root, running.get(i).getLocation())));
        }
        return calls.size() <= 1 ? List.of() : calls;
    }

    private static TflRootNode root(TruffleStackTraceElement element) {
        return (TflRootNode) element.getTarget().getRootNode();
    }

    private static Span place(TflRootNode root, Node location) {
        var section = location == null ? null : location.getEncapsulatingSourceSection();
        return section == null || !section.isAvailable() ? root.span()
                : root.span().source().span(section.getCharIndex(), section.getCharEndIndex());
    }
}

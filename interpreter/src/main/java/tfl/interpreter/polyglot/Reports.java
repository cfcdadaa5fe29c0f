package tfl.interpreter.polyglot;

import com.oracle.truffle.api.TruffleStackTrace;
import com.oracle.truffle.api.TruffleStackTraceElement;
import com.oracle.truffle.api.nodes.Node;
import java.util.ArrayList;
import java.util.List;
import tfl.interpreter.TflException;
import tfl.interpreter.node.TflRootNode;
import tfl.language.source.Diagnostic;
import tfl.language.source.Location;
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
        return running(error).stream().filter(each -> !each.isOfLibrary()).findFirst().map(Running::at)
                .filter(at -> at.source() != error.span().source()).orElse(error.span());
    }

    /**
     * The functions that were running, innermost first; none if only the program's own text was. Of functions of the
     * library that called each other only the one that the program called is told.
     */
    private static List<Diagnostic.Call> calls(TflException error) {
        var running = running(error);
        var calls = new ArrayList<Diagnostic.Call>();
        for (int i = 0; i < running.size(); i++) {
            boolean inside = running.get(i).isOfLibrary() && i + 1 < running.size()
                    && running.get(i + 1).isOfLibrary();
            if (!inside) {
                var at = i == 0 && error.span().isKnown() ? error.span() : running.get(i).at();
                calls.add(new Diagnostic.Call(running.get(i).function(), at));
            }
        }
        return calls.size() <= 1 ? List.of() : calls;
    }

    /** A function that was running, and where it was. */
    private record Running(String function, boolean isOfLibrary, Span at) {}

    /** Innermost first. What a graph remembers of the calls within it stands before the function that ran it. */
    private static List<Running> running(TflException error) {
        var running = new ArrayList<Running>();
        var step = error.step();
        var trace = TruffleStackTrace.getStackTrace(error);
        for (var element : trace == null ? List.<TruffleStackTraceElement>of() : trace) {
            if (!(element.getTarget().getRootNode() instanceof TflRootNode root)) {
                continue;
            }
            var location = element.getLocation();
            if (step != null && step.run() != null && step.run().getRootNode() == root) {
                traced(step.at(), running);
                location = step.run();
                step = null;
            }
            running.add(new Running(root.function(), root.source().isInternal(), place(root, location)));
        }
        return running;
    }

    private static void traced(Location innermost, List<Running> running) {
        for (var at = innermost; at.frame() != null; at = at.frame().call()) {
            running.add(new Running(at.frame().function(), at.frame().isOfLibrary(), at.span()));
        }
    }

    private static Span place(TflRootNode root, Node location) {
        var section = location == null ? null : location.getEncapsulatingSourceSection();
        return section == null || !section.isAvailable() ? root.span()
                : root.span().source().span(section.getCharIndex(), section.getCharEndIndex());
    }
}

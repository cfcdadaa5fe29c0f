package tfl.language.source;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A complaint as a user reads it.
 *
 * @param code the stable code, or an empty string
 * @param span where; {@link Span#NONE} shows no text
 * @param label what stands beside the underline, or an empty string
 * @param calls the call trace, innermost first
 */
public record Diagnostic(Problem.Severity severity, String code, String message, Span span, String label,
        List<Call> calls, Optional<String> help) {

    /** One line of a call trace: the function (empty for a module) and the place in it that was running. */
    public record Call(String function, Span at) {}

    /**
     * How to write a report.
     *
     * @param colour whether to use ANSI colours
     * @param width columns of the terminal; longer source lines are cut around the span
     * @param code whether to end with the code
     */
    public record Style(boolean colour, int width, boolean code) {
        /** No colour, 100 columns, with the code. */
        public static final Style PLAIN = new Style(false, 100, true);
        /** Colour, 100 columns, with the code. */
        public static final Style COLOUR = new Style(true, 100, true);
    }

    public Diagnostic {
        calls = List.copyOf(calls);
    }

    public static Diagnostic of(Located located) {
        return of(located.problem(), located.span(), List.of());
    }

    public static Diagnostic of(Problem problem, Span span, List<Call> calls) {
        return new Diagnostic(problem.severity(), problem.code(), problem.message(), span, problem.label(),
                calls,
                problem.help());
    }

    /** The report, each line ended by a newline. */
    public String render(Style style) {
        return new DiagnosticWriter(this, style).write();
    }

    /** Several reports, in order, with an empty line between them. */
    public static String render(List<Diagnostic> diagnostics, Style style) {
        return diagnostics.stream().map(each -> each.render(style)).collect(Collectors.joining("\n"));
    }
}

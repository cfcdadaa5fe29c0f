package tfl.language.source;

import java.util.List;

/** Lays one {@link Diagnostic} out: headline, place, excerpt with underline, call trace, help, code. */
final class DiagnosticWriter {
    private static final int MOST_LINES = 6;
    private static final int MOST_CALLS = 8;
    private static final String RESET = "\u001b[0m";

    private final Diagnostic diagnostic;
    private final Diagnostic.Style style;
    private final StringBuilder out = new StringBuilder();
    private final String gutter;

    DiagnosticWriter(Diagnostic diagnostic, Diagnostic.Style style) {
        this.diagnostic = diagnostic;
        this.style = style;
        this.gutter = " ".repeat(diagnostic.span().isKnown()
                ? String.valueOf(diagnostic.span().endLine()).length() : 1);
    }

    String write() {
        headline();
        if (diagnostic.span().isKnown()) {
            out.append(gutter).append(blue("-->")).append(' ').append(diagnostic.span()).append('\n');
            excerpt();
        }
        if (!diagnostic.calls().isEmpty()) {
            note(calls());
        }
        diagnostic.help().ifPresent(help -> note(paint("\u001b[36m", "help:") + " " + indented(help)));
        if (style.code() && !diagnostic.code().isEmpty()) {
            note("code: " + diagnostic.code());
        }
        return out.toString();
    }

    private void headline() {
        String word = diagnostic.severity() == Problem.Severity.ERROR ? "error:" : "warning:";
        out.append(paint(accent(), word)).append(' ')
                .append(paint("\u001b[1m", indented(diagnostic.message()))).append('\n');
    }

    private void excerpt() {
        var span = diagnostic.span();
        int first = span.line();
        int last = span.endLine();
        for (int line = first; line <= last; line++) {
            if (last - first >= MOST_LINES && line == first + MOST_LINES / 2) {
                out.append(gutter).append(blue(" ...")).append('\n');
                line = last - 1;
            }
            excerptLine(line, line == last);
        }
    }

    private void excerptLine(int line, boolean last) {
        var span = diagnostic.span();
        String text = span.source().lineText(line);
        int base = span.source().lineStart(line);
        int from = Math.clamp(span.start() - base, 0, text.length());
        int to = Math.clamp(span.end() - base, 0, text.length());
        if (line > span.line()) {
            from = Math.min(indentation(text), to);
        }
        var window = LineWindow.of(text, from, to, style.width() - gutter.length() - 3);
        String number = String.valueOf(line);
        out.append(blue(gutter.substring(number.length()) + number + " |"));
        if (!window.text().isEmpty()) {
            out.append(' ').append(window.text());
        }
        out.append('\n');
        underline(window, last);
    }

    private void underline(LineWindow window, boolean last) {
        String label = last ? indented(diagnostic.label()) : "";
        String indent = gutter + blue(" |") + " " + " ".repeat(window.markStart());
        int marks = Math.max(1, window.markEnd() - window.markStart());
        int used = gutter.length() + 3 + window.markStart() + marks + 1 + TextWidth.of(label);
        out.append(indent).append(paint(accent(), "^".repeat(marks)));
        if (label.isEmpty()) {
            out.append('\n');
        } else if (used <= style.width()) {
            out.append(' ').append(paint(accent(), label)).append('\n');
        } else {
            out.append('\n').append(gutter).append(blue(" |")).append("   ").append(paint(accent(), label))
                    .append('\n');
        }
    }

    private String calls() {
        var text = new StringBuilder("in ");
        List<Diagnostic.Call> calls = diagnostic.calls();
        for (int i = 0; i < calls.size(); i++) {
            if (i > 0) {
                text.append(calls.size() <= 4 ? ", " : ",\n" + gutter + "   ");
            }
            if (calls.size() > MOST_CALLS && i == MOST_CALLS / 2) {
                int left = calls.size() - MOST_CALLS;
                text.append("... ").append(left).append(" more");
                i += left - 1;
            } else {
                var call = calls.get(i);
                text.append(i > 0 ? "called from " : "").append(call.function().isEmpty() ? ""
                        : call.function() + " at ")
                        .append(call.at().lineReference());
            }
        }
        return text.toString();
    }

    private void note(String text) {
        out.append(gutter).append(' ').append(text).append('\n');
    }

    private String indented(String text) {
        return text.replace("\n", "\n" + gutter + "   ");
    }

    private static int indentation(String text) {
        int i = 0;
        while (i < text.length() && Character.isWhitespace(text.charAt(i))) {
            i++;
        }
        return i;
    }

    private String accent() {
        return diagnostic.severity() == Problem.Severity.ERROR ? "\u001b[1;31m" : "\u001b[1;33m";
    }

    private String blue(String text) {
        return paint("\u001b[34m", text);
    }

    private String paint(String code, String text) {
        return style.colour() ? code + text + RESET : text;
    }
}

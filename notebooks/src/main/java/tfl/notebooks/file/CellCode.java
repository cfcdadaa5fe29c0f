package tfl.notebooks.file;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import tfl.language.parse.Comment;
import tfl.language.parse.Parsed;
import tfl.language.parse.Parser;
import tfl.language.source.Source;

/** The text of a cell as it stands in a script. */
final class CellCode {
    private CellCode() {}

    /** The comments that begin a line and stand in no statement. */
    static List<Comment> topComments(String text, Parsed parsed) {
        var statements = parsed.module().statements();
        var found = new ArrayList<Comment>();
        for (var comment : parsed.comments()) {
            int start = comment.span().start();
            boolean begins = start == 0 || text.charAt(start - 1) == '\n';
            if (begins && statements.stream().noneMatch(each -> each.span().start() < start
                    && start < each.span().end())) {
                found.add(comment);
            }
        }
        return found;
    }

    /** Whether a script may hold it: it parses by itself. */
    static boolean isCode(String text) {
        return Parser.parse(Source.of("cell", text)).isValid();
    }

    static String escaped(String code) {
        return changed(code, CellMark::escaped);
    }

    static String plain(String code) {
        return changed(code, CellMark::plain);
    }

    private static String changed(String code, UnaryOperator<String> change) {
        var result = new StringBuilder();
        int from = 0;
        for (var comment : topComments(code, Parser.parse(Source.of("cell", code)))) {
            var span = comment.span();
            result.append(code, from, span.start()).append(change.apply(code.substring(span.start(), span.end())));
            from = span.end();
        }
        return result.append(code.substring(from)).toString();
    }

    /** Text as comments. */
    static String commented(String text) {
        return text.isEmpty() ? "" : text.lines().count() == 0 ? "#" : List.of(text.split("\n", -1)).stream()
                .map(line -> CellMark.escaped(line.isEmpty() ? "#" : "# " + line)).collect(Collectors.joining("\n"));
    }

    /** Text that was comments; a line that is none stays as it is. */
    static String uncommented(String comments) {
        return comments.isEmpty() ? "" : List.of(comments.split("\n", -1)).stream().map(CellMark::plain)
                .map(line -> line.equals("#") ? "" : line.startsWith("# ") ? line.substring(2) : line)
                .collect(Collectors.joining("\n"));
    }

    /** Whether a formatter would take something away from a comment of it. */
    static boolean endsLinesWithSpace(String text) {
        return !withoutEnds(text).equals(text);
    }

    /** The text without white space at the ends of its lines, and at its own. */
    static String withoutEnds(String text) {
        return List.of(text.split("\n", -1)).stream().map(String::stripTrailing).collect(Collectors.joining("\n"));
    }
}

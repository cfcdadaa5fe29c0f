package tfl.language.parse;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tfl.language.source.Source;

/**
 * Finds the {@code ##} lines that belong to a definition: those right above it, without an empty line
 * between.
 */
final class DocComments {
    private final Map<Integer, String> byLine = new HashMap<>();

    DocComments(List<Comment> comments) {
        for (var comment : comments) {
            if (comment.doc() && comment.ownLine()) {
                byLine.put(comment.span().line(), text(comment));
            }
        }
    }

    private static String text(Comment comment) {
        String text = comment.span().text().substring(2).stripTrailing();
        return text.startsWith(" ") ? text.substring(1) : text;
    }

    /** The documentation of what begins on a line. */
    Optional<String> above(int line) {
        var lines = new ArrayList<String>();
        for (int at = line - 1; byLine.containsKey(at); at--) {
            lines.add(byLine.get(at));
        }
        return lines.isEmpty() ? Optional.empty() : Optional.of(String.join("\n", lines.reversed()));
    }

    /** The {@code ##} lines at the very top, unless they belong to a definition right below them. */
    Optional<String> ofModule(Source source) {
        int line = source.lineText(1).startsWith("#!") ? 2 : 1;
        while (line < source.lineCount() && source.lineText(line).isBlank()) {
            line++;
        }
        var lines = new ArrayList<String>();
        while (byLine.containsKey(line)) {
            lines.add(byLine.get(line++));
        }
        boolean alone = line > source.lineCount() || source.lineText(line).isBlank();
        return lines.isEmpty() || !alone ? Optional.empty() : Optional.of(String.join("\n", lines));
    }
}

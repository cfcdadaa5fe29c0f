package tfl.editor.feature;

import java.util.ArrayList;
import java.util.List;
import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.Range;
import org.eclipse.lsp4j.TextEdit;
import tfl.editor.model.Document;
import tfl.language.format.Formatter;

/** The one layout, as edits of the lines that differ; none for a text that does not parse. */
public final class Layouts {
    private static final long MOST_CELLS = 4_000_000;

    private Layouts() {}

    public static List<TextEdit> whole(Document document) {
        return Formatter.format(document.source()).filter(text -> !text.equals(document.text()))
                .map(text -> edits(document.text(), text)).orElse(List.of());
    }

    /** Only the edits that touch the range. */
    public static List<TextEdit> within(Document document, Range range) {
        int first = range.getStart().getLine();
        int last = range.getEnd().getLine() - (range.getEnd().getCharacter() == 0
                && range.getEnd().getLine() > first ? 1 : 0);
        return whole(document).stream().filter(edit -> {
            int start = edit.getRange().getStart().getLine();
            int end = Math.max(start, edit.getRange().getEnd().getLine() - 1);
            return start <= last && end >= first;
        }).toList();
    }

    /** Lines that stay are not touched, so that the cursor and marks stay too. */
    private static List<TextEdit> edits(String before, String after) {
        var old = lines(before);
        var fresh = lines(after);
        int head = 0;
        while (head < Math.min(old.size(), fresh.size()) && old.get(head).equals(fresh.get(head))) {
            head++;
        }
        int tail = 0;
        while (tail < Math.min(old.size(), fresh.size()) - head
                && old.get(old.size() - 1 - tail).equals(fresh.get(fresh.size() - 1 - tail))) {
            tail++;
        }
        var a = old.subList(head, old.size() - tail);
        var b = fresh.subList(head, fresh.size() - tail);
        return (long) a.size() * b.size() > MOST_CELLS
                ? List.of(edit(head, head + a.size(), b)) : differences(a, b, head);
    }

    /** By the longest common subsequence of lines. */
    private static List<TextEdit> differences(List<String> a, List<String> b, int offset) {
        var common = new int[a.size() + 1][b.size() + 1];
        for (int i = a.size() - 1; i >= 0; i--) {
            for (int j = b.size() - 1; j >= 0; j--) {
                common[i][j] = a.get(i).equals(b.get(j)) ? common[i + 1][j + 1] + 1
                        : Math.max(common[i + 1][j], common[i][j + 1]);
            }
        }
        var edits = new ArrayList<TextEdit>();
        int i = 0;
        int j = 0;
        while (i < a.size() || j < b.size()) {
            if (i < a.size() && j < b.size() && a.get(i).equals(b.get(j))) {
                i++;
                j++;
                continue;
            }
            int fromA = i;
            int fromB = j;
            while ((i < a.size() || j < b.size()) && !(i < a.size() && j < b.size() && a.get(i).equals(b.get(j)))) {
                if (j == b.size() || i < a.size() && common[i + 1][j] >= common[i][j + 1]) {
                    i++;
                } else {
                    j++;
                }
            }
            edits.add(edit(offset + fromA, offset + i, b.subList(fromB, j)));
        }
        return edits;
    }

    private static TextEdit edit(int from, int to, List<String> lines) {
        return new TextEdit(new Range(new Position(from, 0), new Position(to, 0)), String.join("", lines));
    }

    /** Lines with their ends. */
    private static List<String> lines(String text) {
        var lines = new ArrayList<String>();
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            boolean ends = text.charAt(i) == '\n' || text.charAt(i) == '\r'
                    && (i + 1 == text.length() || text.charAt(i + 1) != '\n');
            if (ends) {
                lines.add(text.substring(start, i + 1));
                start = i + 1;
            }
        }
        if (start < text.length()) {
            lines.add(text.substring(start));
        }
        return lines;
    }
}

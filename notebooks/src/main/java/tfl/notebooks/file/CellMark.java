package tfl.notebooks.file;

import java.io.IOException;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A line that begins a cell in a script: {@code # %% A title [markdown] {"id": "a"}}, of which all behind the percent
 * signs may be missing.
 *
 * @param title empty for none
 * @param type the word in brackets; empty for code
 * @param fields the JSON at its end, or null
 */
record CellMark(String title, String type, JsonText.Node fields) {
    static final String MARKDOWN = "markdown";
    static final String RAW = "raw";
    /** Code that does not run in a script, so it stands there as comments. */
    static final String COMMENTED = "commented";
    static final String NOTEBOOK = "notebook";
    static final String OUTPUTS = "outputs";
    private static final Pattern LINE = Pattern.compile("# ?%%(?!%)(.*)", Pattern.DOTALL);
    private static final Pattern HEAD = Pattern.compile(
            "(.*?)(?:\\[(markdown|md|raw|commented|notebook|outputs)\\])?\\s*", Pattern.DOTALL);
    private static final Pattern PLAIN_TITLE = Pattern.compile("[\\p{L}\\p{N}][^\\[\\]{}\\p{Cntrl}]*");
    private static final Pattern LIKE_MARK = Pattern.compile("(# ?)(\\\\*)(%%.*)", Pattern.DOTALL);

    /** Whether a comment at the beginning of a line is a mark. */
    static boolean isMark(String comment) {
        return LINE.matcher(comment).matches();
    }

    /** Whether a title can stand in a mark. */
    static boolean isTitle(String text) {
        return PLAIN_TITLE.matcher(text).matches() && text.strip().equals(text);
    }

    static CellMark of(String line) {
        var matcher = LINE.matcher(line);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(line);
        }
        var rest = matcher.group(1).strip();
        JsonText.Node fields = null;
        int brace = rest.indexOf('{');
        if (brace >= 0 && rest.endsWith("}")) {
            try {
                fields = JsonText.parse(rest.substring(brace));
                rest = rest.substring(0, brace);
            } catch (IOException title) {
                fields = null;
            }
        }
        var head = HEAD.matcher(rest);
        if (!head.matches()) {
            throw new IllegalArgumentException(line);
        }
        var type = head.group(2) == null ? "" : head.group(2).equals("md") ? MARKDOWN : head.group(2);
        return new CellMark(head.group(1).strip(), type, fields);
    }

    static String line(String title, String type, Map<String, ?> fields) {
        return "# %%" + (title.isEmpty() ? "" : " " + title) + (type.isEmpty() ? "" : " [" + type + "]")
                + (fields.isEmpty() ? "" : " " + JsonLayout.inLine(fields));
    }

    /** A comment of code, changed if it would be taken for a mark. */
    static String escaped(String comment) {
        var matcher = LIKE_MARK.matcher(comment);
        return matcher.matches() ? matcher.group(1) + "\\" + matcher.group(2) + matcher.group(3) : comment;
    }

    /** A comment of code as it was before {@link #escaped}. */
    static String plain(String comment) {
        Matcher matcher = LIKE_MARK.matcher(comment);
        return matcher.matches() && !matcher.group(2).isEmpty()
                ? matcher.group(1) + matcher.group(2).substring(1) + matcher.group(3) : comment;
    }
}

package tfl.notebooks.cell;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The text of a cell: lines for the notebook, then code.
 *
 * @param commands the lines at its top that begin with {@code %}, {@code :} or {@code ?}, or are a name and
 *     {@code ?}
 * @param code the rest, on the lines where it stands in the cell
 */
record CellText(List<String> commands, String code) {
    private static final Pattern ASKED = Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_.]*\\?{1,2}");

    static CellText of(String text) {
        var commands = new ArrayList<String>();
        var lines = text.split("\n", -1);
        int first = 0;
        for (; first < lines.length; first++) {
            var line = lines[first].strip();
            if (isCommand(line)) {
                commands.add(line);
            } else if (!line.isEmpty()) {
                break;
            }
        }
        if (commands.isEmpty()) {
            return new CellText(List.of(), text);
        }
        // Blank lines in their place keep the numbers that errors tell.
        var code = String.join("\n", List.of(lines).subList(first, lines.length));
        return new CellText(List.copyOf(commands), code.isBlank() ? "" : "\n".repeat(first) + code);
    }

    /** No statement of the language begins with such a sign, and none ends with a question mark. */
    private static boolean isCommand(String line) {
        return line.startsWith("%") || line.startsWith(":") || line.startsWith("?") || ASKED.matcher(line).matches();
    }
}

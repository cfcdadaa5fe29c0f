package tfl.editor.feature;

/** Documentation as editors show it: indented examples become blocks of TFL, in colour. */
final class Markdown {
    private static final String INDENT = "    ";

    private Markdown() {}

    static String of(String doc) {
        var text = new StringBuilder();
        boolean code = false;
        for (var line : doc.strip().split("\n", -1)) {
            boolean indented = line.startsWith(INDENT);
            if (indented && !code) {
                text.append("```tfl\n");
            } else if (code && !indented && !line.isBlank()) {
                text.append("```\n");
            }
            code = indented || code && line.isBlank();
            text.append(indented ? line.substring(INDENT.length()) : line).append('\n');
        }
        return (code ? text.append("```") : text).toString().stripTrailing();
    }
}

package tfl.explain;

/** Lines of at most 100 columns; longer ones are broken at blanks and go on below. */
final class Page {
    static final int COLUMNS = 100;
    private static final String DEEPER = "    ";

    private final StringBuilder text = new StringBuilder();

    /** A heading, with a blank line before it. */
    void heading(String title) {
        text.append('\n').append(title).append('\n');
    }

    /** A line whose continuations stand a little deeper than its first word. */
    void line(String line) {
        int indent = line.length() - line.stripLeading().length();
        broken(line, " ".repeat(indent) + DEEPER);
    }

    /** A line behind a label; continuations stand below its first word. */
    void labelled(String label, String line) {
        broken(label + line, " ".repeat(label.length()));
    }

    /** Text as it is, however wide. */
    void verbatim(String lines) {
        text.append(lines).append(lines.endsWith("\n") ? "" : "\n");
    }

    private void broken(String line, String indent) {
        var rest = line;
        while (rest.length() > COLUMNS) {
            int start = rest.length() - rest.stripLeading().length();
            int at = rest.lastIndexOf(' ', COLUMNS);
            // A word that no line holds is cut.
            at = at <= Math.max(start, indent.length()) ? COLUMNS : at;
            // The mark of a place stays with the place.
            at = rest.startsWith(" # ", at - 2) ? at - 2 : at;
            text.append(rest.substring(0, at).stripTrailing()).append('\n');
            rest = indent + rest.substring(at).stripLeading();
        }
        text.append(rest.stripTrailing()).append('\n');
    }

    @Override
    public String toString() {
        return text.toString();
    }
}

package tfl.language.source;

import java.util.Arrays;

/**
 * A text with a name, and the map from offsets to lines. Offsets count UTF-16 units from 0; lines and columns
 * count from 1, columns in code points. Two sources are equal only if they are the same object.
 */
public final class Source {
    private final String name;
    private final String text;
    private final int[] lineStarts;

    private Source(String name, String text) {
        this.name = name;
        this.text = text;
        this.lineStarts = lineStarts(text);
    }

    /** A source from a name shown to users (a path, or such as {@code <repl 3>}) and its text. */
    public static Source of(String name, String text) {
        return new Source(name, text);
    }

    private static int[] lineStarts(String text) {
        var starts = new int[16];
        int count = 1;
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == '\n') {
                if (count == starts.length) {
                    starts = Arrays.copyOf(starts, count * 2);
                }
                starts[count++] = i + 1;
            }
        }
        return Arrays.copyOf(starts, count);
    }

    public String name() {
        return name;
    }

    public String text() {
        return text;
    }

    public int length() {
        return text.length();
    }

    /** How many lines there are; an empty text has one. */
    public int lineCount() {
        return lineStarts.length;
    }

    /** The line, from 1, that holds the offset; offsets past the end belong to the last line. */
    public int lineAt(int offset) {
        int found = Arrays.binarySearch(lineStarts, Math.max(0, offset));
        return found >= 0 ? found + 1 : -found - 1;
    }

    /** The column, from 1 and in code points, of the offset in its line. */
    public int columnAt(int offset) {
        int end = Math.min(Math.max(0, offset), text.length());
        return text.codePointCount(Math.min(lineStart(lineAt(end)), end), end) + 1;
    }

    /** The offset at which a line (from 1) begins. */
    public int lineStart(int line) {
        return lineStarts[line - 1];
    }

    /** The text of a line (from 1), without its line break. */
    public String lineText(int line) {
        int end = line == lineStarts.length ? text.length() : lineStarts[line] - 1;
        if (end > lineStart(line) && text.charAt(end - 1) == '\r') {
            end--;
        }
        return text.substring(lineStart(line), end);
    }

    public Span span(int start, int end) {
        return new Span(this, start, end);
    }

    /** The span of the whole text. */
    public Span whole() {
        return new Span(this, 0, text.length());
    }

    @Override
    public String toString() {
        return "Source[" + name + "]";
    }
}

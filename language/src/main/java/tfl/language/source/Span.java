package tfl.language.source;

/**
 * A stretch of a source: offsets {@code start} (inclusive) to {@code end} (exclusive). An empty span points
 * between two characters.
 */
public record Span(Source source, int start, int end) {
    /** The span of what has no text: made by the machine, not written by anyone. */
    public static final Span NONE = Source.of("", "").whole();

    public Span {
        if (start < 0 || end < start || end > source.length()) {
            throw new IllegalArgumentException("no such span in " + source + ": " + start + " to " + end);
        }
    }

    /** True if this span points at a text that someone wrote. */
    public boolean isKnown() {
        return this.source != NONE.source;
    }

    public int length() {
        return end - start;
    }

    public String text() {
        return source.text().substring(start, end);
    }

    /** The line of the first character, from 1. */
    public int line() {
        return source.lineAt(start);
    }

    /** The column of the first character, from 1, in code points. */
    public int column() {
        return source.columnAt(start);
    }

    /** The line of the last character, from 1. */
    public int endLine() {
        return source.lineAt(Math.max(start, end - 1));
    }

    /** The smallest span that covers this one and another of the same source. */
    public Span to(Span other) {
        return new Span(source, Math.min(start, other.start), Math.max(end, other.end));
    }

    /** The empty span just behind this one. */
    public Span after() {
        return new Span(source, end, end);
    }

    /** {@code file:line}, as call traces show it. */
    public String lineReference() {
        return source.name() + ":" + line();
    }

    @Override
    public String toString() {
        return source.name() + ":" + line() + ":" + column();
    }
}

package tfl.editor.model;

import java.util.Arrays;
import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.Range;
import tfl.language.source.Span;

/** Lines and columns as the protocol counts them: from 0, in UTF-16 units, lines end at \n, \r\n or \r. */
public final class Positions {
    private final String text;
    private final int[] starts;

    public Positions(String text) {
        this.text = text;
        var found = new int[16];
        int count = 1;
        for (int i = 0; i < text.length(); i++) {
            char each = text.charAt(i);
            boolean ends = each == '\n' || each == '\r' && (i + 1 == text.length() || text.charAt(i + 1) != '\n');
            if (ends) {
                found = count == found.length ? Arrays.copyOf(found, count * 2) : found;
                found[count++] = i + 1;
            }
        }
        this.starts = Arrays.copyOf(found, count);
    }

    /** The offset of a position; one behind a line's end is the end, one behind the last line is that of the text. */
    public int offset(Position position) {
        if (position.getLine() >= starts.length) {
            return text.length();
        }
        int start = starts[Math.max(0, position.getLine())];
        return Math.clamp((long) start + Math.max(0, position.getCharacter()), start, lineEnd(position.getLine()));
    }

    private int lineEnd(int line) {
        int end = line + 1 < starts.length ? starts[line + 1] : text.length();
        while (line + 1 < starts.length && end > starts[line] && "\r\n".indexOf(text.charAt(end - 1)) >= 0) {
            end--;
        }
        return end;
    }

    public Position position(int offset) {
        int found = Arrays.binarySearch(starts, offset);
        int line = found >= 0 ? found : -found - 2;
        return new Position(line, offset - starts[line]);
    }

    public Range range(int start, int end) {
        return new Range(position(start), position(end));
    }

    public Range range(Span span) {
        return range(span.start(), span.end());
    }

    public int start(Range range) {
        return offset(range.getStart());
    }

    public int end(Range range) {
        return Math.max(offset(range.getEnd()), offset(range.getStart()));
    }

    /** How many lines there are; an empty text has one. */
    public int lines() {
        return starts.length;
    }
}

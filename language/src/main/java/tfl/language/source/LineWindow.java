package tfl.language.source;

/**
 * The part of a source line that fits a width, with tabs expanded and control characters made harmless, and
 * the columns (from 0) of the marked stretch in it.
 */
record LineWindow(String text, int markStart, int markEnd) {
    private static final int TAB = 4;
    private static final String CUT = "...";

    /** The window around {@code text[from, to)}. Widths below 20 count as 20. */
    static LineWindow of(String text, int from, int to, int width) {
        var shown = new StringBuilder();
        int[] columns = columns(text, shown);
        int total = columns[text.length()];
        int room = Math.max(20, width);
        if (total <= room) {
            return new LineWindow(shown.toString().stripTrailing(), columns[from], columns[to]);
        }
        int left = Math.max(0, Math.min(columns[from] - room / 4, total - room));
        int right = Math.min(total, left + room);
        boolean cutLeft = left > 0;
        boolean cutRight = right < total;
        int first = left + (cutLeft ? CUT.length() : 0);
        int last = right - (cutRight ? CUT.length() : 0);
        var piece = slice(shown.toString(), first, last);
        int skipped = first - (cutLeft ? CUT.length() : 0);
        return new LineWindow((cutLeft ? CUT : "") + piece + (cutRight ? CUT : ""),
                Math.clamp(columns[from] - skipped, 0, room),
                        Math.clamp(columns[to] - skipped, 0, right - skipped));
    }

    /** Appends what is shown of each character; the result holds the column of each offset of the text. */
    private static int[] columns(String text, StringBuilder shown) {
        var columns = new int[text.length() + 1];
        int column = 0;
        int width;
        for (int i = 0; i < text.length(); i += width) {
            int point = text.codePointAt(i);
            width = Character.charCount(point);
            for (int k = 0; k < width; k++) {
                columns[i + k] = column;
            }
            if (point == '\t') {
                int spaces = TAB - column % TAB;
                shown.repeat(' ', spaces);
                column += spaces;
            } else if (Character.isISOControl(point)) {
                shown.append('\ufffd');
                column++;
            } else {
                shown.appendCodePoint(point);
                column += TextWidth.of(point);
            }
        }
        columns[text.length()] = column;
        return columns;
    }

    private static String slice(String shown, int first, int last) {
        var piece = new StringBuilder();
        int column = 0;
        int width;
        for (int i = 0; i < shown.length(); i += width) {
            int point = shown.codePointAt(i);
            width = Character.charCount(point);
            int next = column + TextWidth.of(point);
            if (column >= first && next <= last) {
                piece.appendCodePoint(point);
            } else if (next > first && column < last) {
                piece.repeat(' ', Math.min(next, last) - Math.max(column, first));
            }
            column = next;
        }
        return piece.toString();
    }
}

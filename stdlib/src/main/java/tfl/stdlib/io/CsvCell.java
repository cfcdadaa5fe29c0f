package tfl.stdlib.io;

/**
 * Reads one cell of a CSV file; blanks around it do not count. A cell is empty, a whole number of up to 18 digits, a
 * number, true or false, or text.
 */
final class CsvCell {
    /** What a cell is. */
    enum Kind { EMPTY, WHOLE, NUMBER, BOOL, TEXT }

    private static final int WHOLE_DIGITS = 18;
    private static final int MOST_DIGITS = 19;
    private char[] text;
    private int start;
    private int end;
    private long whole;
    private double number;
    private boolean truth;

    Kind read(char[] buffer, int offset, int length) {
        text = buffer;
        start = offset;
        end = offset + length;
        while (start < end && text[start] <= ' ') {
            start++;
        }
        while (start < end && text[end - 1] <= ' ') {
            end--;
        }
        if (start == end) {
            return Kind.EMPTY;
        }
        var kind = numeric();
        return kind == Kind.TEXT ? word() : kind;
    }

    long whole() {
        return whole;
    }

    /** The value of a number, also of a whole one. */
    double number() {
        return number;
    }

    boolean truth() {
        return truth;
    }

    String text() {
        return new String(text, start, end - start);
    }

    private Kind numeric() {
        int at = start;
        boolean negative = text[at] == '-';
        if (negative || text[at] == '+') {
            at++;
        }
        long digits = 0;
        int count = 0;
        int significant = 0;
        int fraction = -1;
        for (; at < end; at++) {
            int digit = text[at] - '0';
            if (digit >= 0 && digit <= 9) {
                count++;
                if (digits != 0 || digit != 0) {
                    significant++;
                }
                digits = digits * 10 + digit;
                fraction += fraction >= 0 ? 1 : 0;
            } else if (text[at] == '.' && fraction < 0) {
                fraction = 0;
            } else {
                break;
            }
        }
        if (count == 0) {
            return Kind.TEXT;
        }
        if (at == end && fraction < 0 && count <= WHOLE_DIGITS) {
            whole = negative ? -digits : digits;
            number = whole;
            return Kind.WHOLE;
        }
        return exponent(at, negative, digits, significant, Math.max(0, fraction));
    }

    private Kind exponent(int from, boolean negative, long digits, int significant, int fraction) {
        int at = from;
        int exponent = 0;
        if (at < end && (text[at] | 0x20) == 'e') {
            at++;
            boolean down = at < end && text[at] == '-';
            if (at < end && (down || text[at] == '+')) {
                at++;
            }
            int first = at;
            for (; at < end && text[at] >= '0' && text[at] <= '9'; at++) {
                exponent = Math.min(100_000, exponent * 10 + text[at] - '0');
            }
            if (at == first) {
                return Kind.TEXT;
            }
            exponent = down ? -exponent : exponent;
        }
        if (at < end) {
            return Kind.TEXT;
        }
        double value = significant > MOST_DIGITS ? Double.NaN : DecimalNumbers.of(digits, exponent - fraction);
        number = Double.isNaN(value) ? Double.parseDouble(text()) : negative ? -value : value;
        return Kind.NUMBER;
    }

    private Kind word() {
        int length = end - start;
        boolean signed = text[start] == '+' || text[start] == '-';
        if (length < 3 || length > 9) {
            return Kind.TEXT;
        }
        var word = text();
        switch (signed ? word.substring(1) : word) {
            case "nan", "NaN" -> number = Double.NaN;
            case "inf", "Infinity" -> number = text[start] == '-' ? Double.NEGATIVE_INFINITY
                    : Double.POSITIVE_INFINITY;
            default -> {
                truth = word.equalsIgnoreCase("true");
                return truth || word.equalsIgnoreCase("false") ? Kind.BOOL : Kind.TEXT;
            }
        }
        return Kind.NUMBER;
    }
}

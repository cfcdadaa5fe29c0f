package tfl.interpreter.builtin.text;

/**
 * A parsed format, in Python's mini-language: {@code
 * [[fill]align][sign][z][#][0][width][grouping][.precision][type]}.
 *
 * @param fill the code point that pads, or 0 if not given
 * @param align one of {@code < > = ^}, or 0
 * @param sign one of {@code + -} and space, or 0
 * @param noNegativeZero whether a result that rounds to minus zero loses its sign
 * @param alternate {@code #}: a prefix for {@code b o x}, a point and trailing zeros for floats
 * @param width the least number of characters, or -1
 * @param grouping {@code ,} or {@code _}, or 0
 * @param precision the digits after the point (or significant ones for {@code g}), or -1
 * @param type one of {@code b c d e E f F g G n o s x X %}, or 0
 */
public record FormatSpec(int fill, char align, char sign, boolean noNegativeZero, boolean alternate,
        int width,
        char grouping, int precision, char type) {
    /** What an empty format means. */
    public static final FormatSpec PLAIN = new FormatSpec(0, '\0', '\0', false, false, -1, '\0', -1, '\0');

    /** Widths and precisions above this are refused: nobody means them, and they would eat the memory. */
    static final int LARGEST = 100_000;

    /**
     * Reads a format.
     *
     * @throws tfl.interpreter.TflException if the text is no format
     */
    public static FormatSpec parse(String text) {
        return text.isEmpty() ? PLAIN : new Parser(text).parse();
    }

    boolean isInteger() {
        return type != 0 && "bcdoxXn".indexOf(type) >= 0;
    }

    boolean isFloat() {
        return type != 0 && "eEfFgG%n".indexOf(type) >= 0;
    }

    /** Whether this only pads and cuts text. */
    boolean isForText() {
        return (type == 0 || type == 's') && sign == 0 && !alternate && grouping == 0 && align != '='
                && !noNegativeZero;
    }

    /** Reads the parts in their only order. */
    private static final class Parser {
        private static final String ALIGNMENTS = "<>=^";
        private static final String TYPES = "bcdeEfFgGnosxX%";
        private final String text;
        private int at;

        Parser(String text) {
            this.text = text;
        }

        FormatSpec parse() {
            int fill = 0;
            char align = '\0';
            int first = text.codePointAt(0);
            int behind = Character.charCount(first);
            if (behind < text.length() && ALIGNMENTS.indexOf(text.charAt(behind)) >= 0) {
                fill = first;
                align = text.charAt(behind);
                at = behind + 1;
            } else {
                align = oneOf(ALIGNMENTS);
            }
            char sign = oneOf("+- ");
            boolean noNegativeZero = oneOf("z") != 0;
            boolean alternate = oneOf("#") != 0;
            if (oneOf("0") != 0) {
                fill = fill == 0 ? '0' : fill;
                align = align == 0 ? '=' : align;
            }
            int width = number();
            char grouping = oneOf(",_");
            int precision = -1;
            if (oneOf(".") != 0) {
                precision = number();
                require(precision >= 0, "a digit must follow the point");
            }
            char type = oneOf(TYPES);
            require(at == text.length(), at < text.length() && Character.isLetter(text.charAt(at))
                    ? "there is no format type \"" + text.substring(at) + "\""
                    : "\"" + text.substring(at) + "\" does not belong there");
            return new FormatSpec(fill, align, sign, noNegativeZero, alternate, width, grouping, precision,
                    type);
        }

        private char oneOf(String choices) {
            if (at < text.length() && choices.indexOf(text.charAt(at)) >= 0) {
                return text.charAt(at++);
            }
            return '\0';
        }

        private int number() {
            int start = at;
            long value = 0;
            while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
                value = value * 10 + (text.charAt(at++) - '0');
                require(value <= LARGEST, "a width or precision above " + LARGEST + " is refused");
            }
            return at == start ? -1 : (int) value;
        }

        private void require(boolean condition, String reason) {
            if (!condition) {
                throw FormatProblems.unreadable(text, reason);
            }
        }
    }
}

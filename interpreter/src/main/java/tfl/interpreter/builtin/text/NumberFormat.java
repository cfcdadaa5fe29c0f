package tfl.interpreter.builtin.text;

import java.math.BigInteger;

/** Applies a {@link FormatSpec} to one int, float or text, exactly as Python does. */
public final class NumberFormat {
    private NumberFormat() {}

    /** An int: decimal, or as {@code b o x X c}, or converted for the float types. */
    public static String format(long value, FormatSpec spec) {
        char type = spec.type();
        if (spec.isFloat() && type != 'n') {
            return format((double) value, spec);
        }
        if (type == 's') {
            throw FormatProblems.unfit(spec, "an int", "leave out the s, or use str(x)");
        }
        if (spec.precision() >= 0) {
            throw FormatProblems.unfit(spec, "an int",
                    "a precision is for floats; use :." + spec.precision() + "f");
        }
        if (type == 'c') {
            return pad(character(value, spec), spec, '<');
        }
        int radix = switch (type) {
            case 'b' -> 2;
            case 'o' -> 8;
            case 'x', 'X' -> 16;
            default -> 10;
        };
        if (spec.grouping() == ',' && radix != 10) {
            throw FormatProblems.unfit(spec, "an int", "group with _ in this base");
        }
        String digits = BigInteger.valueOf(value).abs().toString(radix);
        String prefix = spec.alternate() && radix != 10 ? "0" + type : "";
        return assemble(value < 0, prefix, type == 'X' ? digits.toUpperCase() : digits, "", radix == 10 ? 3
                : 4, spec);
    }

    /** A float. */
    public static String format(double value, FormatSpec spec) {
        char type = spec.type();
        if (type == 's' || type != 'n' && spec.isInteger()) {
            throw FormatProblems.unfit(spec, "a float", type == 's' ? "leave out the s, or use str(x)"
                    : "convert it first: int(x), or use :.0f");
        }
        boolean negative = FloatText.isNegative(value);
        double shown = type == '%' ? Math.abs(value) * 100 : Math.abs(value);
        boolean finite = Double.isFinite(shown);
        String text = (finite ? magnitude(shown, spec) : FloatText.special(shown)) + (type == '%' ? "%" : "");
        if (negative && finite && spec.noNegativeZero()
                && text.chars().noneMatch(c -> c >= '1' && c <= '9')) {
            negative = false;
        }
        if (type == 'E' || type == 'F' || type == 'G') {
            text = text.toUpperCase();
        }
        int whole = 0;
        while (whole < text.length() && Character.isDigit(text.charAt(whole))) {
            whole++;
        }
        return assemble(negative, "", text.substring(0, whole), text.substring(whole), 3, spec);
    }

    /** Text: cut to the precision, padded to the width. */
    public static String format(String value, FormatSpec spec) {
        String cut = spec.precision() >= 0 && spec.precision() < value.codePointCount(0, value.length())
                ? value.substring(0, value.offsetByCodePoints(0, spec.precision())) : value;
        return pad(cut, spec, '<');
    }

    private static String magnitude(double value, FormatSpec spec) {
        int precision = spec.precision() < 0 ? 6 : spec.precision();
        return switch (spec.type()) {
            case 'f', 'F', '%' -> withPoint(FloatText.fixed(value, precision), spec);
            case 'e', 'E' -> withPoint(FloatText.scientific(value, precision), spec);
            case 'g', 'G', 'n' -> withPoint(FloatText.general(value, precision, spec.alternate(), false),
                    spec);
            default -> spec.precision() < 0 ? FloatText.shortest(value)
                    : withPoint(FloatText.general(value, precision, spec.alternate(), true), spec);
        };
    }

    private static String withPoint(String text, FormatSpec spec) {
        if (!spec.alternate() || text.indexOf('.') >= 0) {
            return text;
        }
        int exponent = text.indexOf('e');
        return exponent < 0 ? text + "." : text.substring(0, exponent) + "." + text.substring(exponent);
    }

    private static String assemble(boolean negative, String prefix, String digits, String rest, int groups,
            FormatSpec spec) {
        String sign = negative ? "-" : spec.sign() == '+' || spec.sign() == ' ' ? String.valueOf(spec.sign())
                : "";
        String head = sign + prefix;
        String whole = digits;
        if (spec.grouping() != 0 && !digits.isEmpty()) {
            boolean zeros = spec.fill() == '0' && spec.align() == '=';
            int room = zeros ? spec.width() - head.length() - rest.length() : 0;
            whole = group(digits, groups, spec.grouping(), room);
        }
        int missing = spec.width() - head.length() - whole.length() - rest.length();
        if (spec.align() == '=' && missing > 0) {
            return head + fill(spec).repeat(missing) + whole + rest;
        }
        return pad(head + whole + rest, spec, '>');
    }

    /** Digits in groups, with zeros in front until they fill the room. */
    private static String group(String digits, int size, char separator, int room) {
        var text = new StringBuilder();
        for (int i = 0; i < digits.length() || text.length() < room; i++) {
            if (i > 0 && i % size == 0) {
                text.append(separator);
            }
            text.append(i < digits.length() ? digits.charAt(digits.length() - 1 - i) : '0');
        }
        return text.reverse().toString();
    }

    private static String character(long value, FormatSpec spec) {
        if (value < 0 || value > Character.MAX_CODE_POINT) {
            throw FormatProblems.unfit(spec, "the int " + value, "characters have numbers from 0 to 1114111");
        }
        return Character.toString((int) value);
    }

    private static String fill(FormatSpec spec) {
        return spec.fill() == 0 ? " " : Character.toString(spec.fill());
    }

    private static String pad(String text, FormatSpec spec, char ordinary) {
        int missing = spec.width() - text.codePointCount(0, text.length());
        if (missing <= 0) {
            return text;
        }
        char align = spec.align() == 0 || spec.align() == '=' ? ordinary : spec.align();
        int before = align == '<' ? 0 : align == '>' ? missing : missing / 2;
        return fill(spec).repeat(before) + text + fill(spec).repeat(missing - before);
    }
}

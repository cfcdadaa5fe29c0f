package tfl.language.parse;

import java.util.function.ObjIntConsumer;

/** Backslash escapes and doubled braces in strings. */
final class Escapes {
    private static final String PLAIN = "ntr0e\\\"'{}";
    private static final String MEANING = "\n\t\r\0\u001b\\\"'{}";

    private Escapes() {}

    /** The text with its escapes replaced; unknown ones stay and are reported with their offset. */
    static String replace(String text, ObjIntConsumer<String> unknown) {
        if (text.indexOf('\\') < 0 && text.indexOf("{{") < 0 && text.indexOf("}}") < 0) {
            return text;
        }
        var result = new StringBuilder(text.length());
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i);
            if (c == '\\') {
                i = escape(text, i, result, unknown);
            } else if (text.startsWith("{{", i) || text.startsWith("}}", i)) {
                result.append(c);
                i += 2;
            } else {
                result.append(c);
                i++;
            }
        }
        return result.toString();
    }

    /** Appends what the escape at an offset means; gives the offset behind it. */
    private static int escape(String text, int at, StringBuilder result, ObjIntConsumer<String> unknown) {
        if (at + 1 == text.length()) {
            unknown.accept("\\", at);
            return at + 1;
        }
        char kind = text.charAt(at + 1);
        int plain = PLAIN.indexOf(kind);
        if (plain >= 0) {
            result.append(MEANING.charAt(plain));
            return at + 2;
        } else if (kind == '\n') {
            return at + 2;
        }
        int end = switch (kind) {
            case 'x' -> at + 4;
            case 'u' -> at + 2 < text.length() && text.charAt(at + 2) == '{' ? text.indexOf('}', at) + 1
                    : at + 6;
            default -> -1;
        };
        int point = end > at && end <= text.length() ? codePoint(text.substring(at + 2, end)) : -1;
        if (point < 0) {
            int stop = text.offsetByCodePoints(at + 1, 1);
            unknown.accept(text.substring(at, stop), at);
            result.append(text, at, stop);
            return stop;
        }
        result.appendCodePoint(point);
        return end;
    }

    /** The value of hexadecimal digits, perhaps in braces, or -1. */
    private static int codePoint(String digits) {
        String hex = digits.startsWith("{") ? digits.substring(1, digits.length() - 1) : digits;
        if (hex.isEmpty() || hex.length() > 6
                || !hex.chars().allMatch(c -> c < 128 && Character.digit(c, 16) >= 0)) {
            return -1;
        }
        int point = Integer.parseInt(hex, 16);
        return Character.isValidCodePoint(point) && !(point >= 0xd800 && point <= 0xdfff) ? point : -1;
    }
}

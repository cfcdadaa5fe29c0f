package tfl.language.lex;

import java.text.Normalizer;

/**
 * Which characters make a name: Unicode letters, digits, marks, the underscore, sub- and superscripts, and
 * {@code ∇ ∂ ∆ ∞ ∑ ∏ ∫ √ ′}.
 */
public final class Names {
    private static final String MATHEMATICAL = "∇∂∆∞∑∏∫√";

    private Names() {}

    public static boolean isStart(int point) {
        return point < 128 ? point == '_' || point >= 'a' && point <= 'z' || point >= 'A' && point <= 'Z'
                : Character.isLetter(point) || MATHEMATICAL.indexOf(point) >= 0;
    }

    public static boolean isPart(int point) {
        if (isStart(point) || point >= '0' && point <= '9') {
            return true;
        }
        return point >= 128
                && (point == '′' || Character.isDigit(point) || switch (Character.getType(point)) {
            case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK, Character.OTHER_NUMBER,
                    Character.CONNECTOR_PUNCTUATION -> true;
            default -> false;
        });
    }

    /** The name as the program knows it: equal looks are equal names (Unicode's form NFC). */
    public static String canonical(String name) {
        return Normalizer.isNormalized(name, Normalizer.Form.NFC) ? name
                : Normalizer.normalize(name, Normalizer.Form.NFC);
    }

    /** Whether the whole text is one name, be it a keyword or not. */
    public static boolean isName(String text) {
        return !text.isEmpty() && isStart(text.codePointAt(0)) && text.codePoints().allMatch(Names::isPart);
    }
}

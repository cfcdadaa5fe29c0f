package tfl.interpreter.builtin.text;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Floats as decimal text: the shortest that reads back as the same number, or a given number of digits. */
public final class FloatText {
    private FloatText() {}

    /**
     * The shortest text that reads back as this number, as Python's {@code repr}: {@code 0.1}, {@code 1e-05},
     * {@code inf}.
     */
    public static String shortest(double value) {
        return Double.isFinite(value) ? layOut(shortestDecimal(value, Double.toString(value)),
                isNegative(value))
                : special(value);
    }

    /** The shortest text that reads back as this f32: {@code 0.1}, not {@code 0.10000000149011612}. */
    public static String shortest(float value) {
        return Float.isFinite(value) ? layOut(shortestDecimal(value), isNegative(value)) : special(value);
    }

    /** {@code nan}, {@code inf} or {@code -inf}. */
    static String special(double value) {
        return Double.isNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";
    }

    static boolean isNegative(double value) {
        return Double.doubleToRawLongBits(value) < 0 && !Double.isNaN(value);
    }

    /** The magnitude with a fixed number of decimals, rounded to even from its exact value. */
    static String fixed(double magnitude, int decimals) {
        return new BigDecimal(magnitude).setScale(decimals, RoundingMode.HALF_EVEN).toPlainString();
    }

    /** The magnitude as {@code 1.234e+05}, rounded to even from its exact value. */
    static String scientific(double magnitude, int decimals) {
        if (magnitude == 0) {
            return "0" + (decimals > 0 ? "." + "0".repeat(decimals) : "") + "e+00";
        }
        var rounded = new BigDecimal(magnitude).round(new MathContext(decimals + 1, RoundingMode.HALF_EVEN));
        return scientific(rounded, decimals + 1);
    }

    /**
     * The magnitude with that many significant digits, fixed or scientific as fits; zeros at the end kept if
     * asked.
     */
    static String general(double magnitude, int digits, boolean keepZeros, boolean pointAlways) {
        int precision = Math.max(1, digits);
        int exponent = 0;
        if (magnitude != 0) {
            var rounded = new BigDecimal(magnitude).round(new MathContext(precision, RoundingMode.HALF_EVEN));
            exponent = rounded.precision() - rounded.scale() - 1;
        }
        // A float without a type switches to an exponent one digit earlier, so that ".0" still fits.
        boolean plain = exponent >= -4 && exponent < (pointAlways ? precision - 1 : precision);
        String text = plain ? fixed(magnitude, precision - 1 - exponent)
                : scientific(magnitude, precision - 1);
        if (!keepZeros) {
            text = withoutZeros(text);
        }
        return pointAlways && plain && text.indexOf('.') < 0 ? text + ".0" : text;
    }

    /**
     * The decimals that this number needs to show {@code digits} significant digits, zeros at the end not
     * counted.
     */
    static int decimalsNeeded(double magnitude, int digits) {
        var rounded = new BigDecimal(magnitude).round(new MathContext(digits, RoundingMode.HALF_EVEN));
        return Math.max(0, rounded.stripTrailingZeros().scale());
    }

    private static String withoutZeros(String text) {
        int exponent = text.indexOf('e');
        String mantissa = exponent < 0 ? text : text.substring(0, exponent);
        if (mantissa.indexOf('.') >= 0) {
            int end = mantissa.length();
            while (mantissa.charAt(end - 1) == '0') {
                end--;
            }
            mantissa = mantissa.substring(0, mantissa.charAt(end - 1) == '.' ? end - 1 : end);
        }
        return exponent < 0 ? mantissa : mantissa + text.substring(exponent);
    }

    // Java's text has at least two digits; where one digit reads back as the same number, that one is
    // shortest.
    private static BigDecimal shortestDecimal(double value, String text) {
        var decimal = new BigDecimal(text).abs();
        var single = decimal.round(new MathContext(1, RoundingMode.HALF_EVEN));
        return single.doubleValue() == Math.abs(value) ? single : decimal;
    }

    private static BigDecimal shortestDecimal(float value) {
        var decimal = new BigDecimal(Float.toString(value)).abs();
        var single = decimal.round(new MathContext(1, RoundingMode.HALF_EVEN));
        return single.floatValue() == Math.abs(value) ? single : decimal;
    }

    private static String layOut(BigDecimal magnitude, boolean negative) {
        var decimal = magnitude.signum() == 0 ? BigDecimal.ZERO : magnitude.stripTrailingZeros();
        int exponent = decimal.precision() - decimal.scale() - 1;
        String text;
        if (exponent < -4 || exponent >= 16) {
            text = scientific(decimal, decimal.precision());
        } else {
            text = decimal.toPlainString();
            text = text.indexOf('.') < 0 ? text + ".0" : text;
        }
        return negative ? "-" + text : text;
    }

    private static String scientific(BigDecimal value, int digits) {
        int exponent = value.precision() - value.scale() - 1;
        String all = value.unscaledValue().toString();
        all = all.length() < digits ? all + "0".repeat(digits - all.length()) : all.substring(0, digits);
        String mantissa = all.charAt(0) + (digits > 1 ? "." + all.substring(1) : "");
        return mantissa + (exponent < 0 ? "e-" : "e+") + (Math.abs(exponent) < 10 ? "0" : "")
                + Math.abs(exponent);
    }
}

package tfl.language.parse;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tfl.language.ast.Expr;
import tfl.language.lex.SyntaxProblem;
import tfl.language.source.Located;
import tfl.language.source.Span;

/** What the text of a number is worth. */
final class NumberText {
    private static final List<String> FLOATS = List.of("f16", "bf16", "f32", "f64", "c64");
    private static final Map<String, Integer> INT_BITS = Map.of("u8", 8, "i8", 7, "i16", 15, "i32", 31,
            "i64", 63);
    private static final BigInteger SMALLEST = BigInteger.ONE.shiftLeft(63);

    private final String text;
    private final Span span;
    private final int radix;
    private final String digits;
    private final String suffix;

    private NumberText(String text, Span span) {
        this.text = text;
        this.span = span;
        this.radix = radix(text);
        int start = radix == 10 ? 0 : 2;
        int end = radix == 10 ? endOfDecimal(text) : endOfDigits(text, radix);
        this.digits = text.substring(start, end);
        this.suffix = text.substring(end);
    }

    /** An int or float literal. Throws {@link Failure} if it is malformed or out of range. */
    static Expr parse(String text, Span span) {
        return new NumberText(text, span).literal();
    }

    /** Whether this is 2 to the 63, which only its negative fits into an int. */
    static boolean isMagnitudeOfSmallest(String text) {
        var plain = text.replace("_", "");
        return plain.length() == 19 && plain.chars().allMatch(c -> c >= '0' && c <= '9')
                && new BigInteger(plain).equals(SMALLEST);
    }

    private static int radix(String text) {
        if (text.length() < 2 || text.charAt(0) != '0') {
            return 10;
        }
        return switch (text.charAt(1)) {
            case 'x', 'X' -> 16;
            case 'o', 'O' -> 8;
            case 'b', 'B' -> text.length() > 2 && Character.digit(text.charAt(2), 16) >= 0 ? 2 : 10;
            default -> 10;
        };
    }

    private static int endOfDigits(String text, int radix) {
        int i = 2;
        while (i < text.length() && (text.charAt(i) == '_' || Character.digit(text.charAt(i), radix) >= 0)) {
            i++;
        }
        return i > 2 && text.charAt(i - 1) == '_' ? i - 1 : i;
    }

    private static int endOfDecimal(String text) {
        int i = skipDigits(text, 0);
        if (i < text.length() && text.charAt(i) == '.') {
            i = skipDigits(text, i + 1);
        }
        if (i < text.length() && (text.charAt(i) == 'e' || text.charAt(i) == 'E')) {
            int sign = i + 1 < text.length() && "+-".indexOf(text.charAt(i + 1)) >= 0 ? 1 : 0;
            int end = skipDigits(text, i + 1 + sign);
            i = end > i + 1 + sign ? end : i;
        }
        return i;
    }

    private static int skipDigits(String text, int from) {
        int i = from;
        while (i < text.length()
                && (text.charAt(i) == '_' || text.charAt(i) >= '0' && text.charAt(i) <= '9')) {
            i++;
        }
        return i > from && i < text.length() && text.charAt(i - 1) == '_' ? i - 1 : i;
    }

    private Expr literal() {
        if (digits.isEmpty()) {
            throw malformed("there are no digits behind `" + text.substring(0, 2) + "`", Optional.empty());
        }
        if (digits.contains("__") || digits.startsWith("_") || digits.endsWith("_") || radix == 10
                && (digits.contains("_.") || digits.contains("._") || digits.contains("_e")
                        || digits.contains("e_"))) {
            throw malformed("`_` stands between two digits", Optional.empty());
        }
        String type = suffix.startsWith("_") ? suffix.substring(1) : suffix;
        Optional<String> dtype = type.isEmpty() ? Optional.empty() : Optional.of(type);
        boolean written = radix == 10 && !digits.chars().allMatch(c -> c == '_' || Character.isDigit(c));
        if (FLOATS.contains(type) || written && type.isEmpty()) {
            return new Expr.FloatLiteral(floatValue(), dtype, span);
        } else if (written && INT_BITS.containsKey(type)) {
            throw malformed("a number with a fraction or exponent is no " + type,
                    Optional.of("write a float dtype, such as f32"));
        } else if (!type.isEmpty() && !INT_BITS.containsKey(type)) {
            throw malformed("`" + type + "` is no dtype of numbers",
                    Optional.of("dtypes are u8 i8 i16 i32 i64 f16 bf16 f32 f64 c64"));
        }
        return new Expr.IntLiteral(intValue(type.isEmpty() ? "i64" : type), dtype, span);
    }

    private double floatValue() {
        String plain = digits.replace("_", "");
        double value = radix == 10 ? Double.parseDouble(plain) : new BigInteger(plain, radix).doubleValue();
        if (Double.isInfinite(value)) {
            throw failure(new SyntaxProblem.NumberOutOfRange(text, suffix.isEmpty() ? "f64" : suffix));
        }
        return value;
    }

    private long intValue(String dtype) {
        var value = new BigInteger(digits.replace("_", ""), radix);
        if (value.bitLength() > INT_BITS.get(dtype)) {
            throw failure(new SyntaxProblem.NumberOutOfRange(text, dtype));
        }
        return value.longValueExact();
    }

    private Failure malformed(String reason, Optional<String> help) {
        return failure(new SyntaxProblem.MalformedNumber(text, reason, help));
    }

    private Failure failure(SyntaxProblem problem) {
        return new Failure(Optional.of(new Located(problem, span)), false);
    }
}

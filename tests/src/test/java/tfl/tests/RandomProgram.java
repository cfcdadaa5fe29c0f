package tfl.tests;

import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Writes programs that parse, and then mostly go wrong: any value meets any operation. */
final class RandomProgram {
    private static final List<String> NAMES = List.of("a", "b", "c", "d");
    private static final List<String> OPERATORS = List.of("+", "-", "*", "/", "//", "%", "**", "@", "==", "!=",
            "<", "<=",
            ">", "&", "|", "^", "<<", ">>", "and", "or", "in", "..");
    private static final List<String> FUNCTIONS = List.of("sum", "mean", "sort", "exp", "abs", "len", "str", "argmax",
            "softmax", "relu", "sqrt", "any", "all", "zeros_like", "typeof", "linalg.inv", "linalg.svd", "linalg.qr",
            "linalg.eigh", "linalg.cholesky", "linalg.det", "fft.fft", "cumulative_sum", "unique_values", "nonzero",
            "squeeze", "flip", "tril", "median", "norm", "int", "float", "bool", "show", "keys", "zip", "sorted");
    private static final List<String> LITERALS = List.of("0", "1", "-3", "2.5", "1e300", "inf", "nan", "true", "none",
            "\"text\"", "\"{a}\"", "9223372036854775807", "[1, 2, 3]", "[[1.0, 2], [3, 4]]", "[true, false]",
            "zeros((0,))",
            "zeros((2, 0, 3))", "ones((2, 3), dtype=f64)", "arange(6).reshape(2, 3)", "(1, 2)", "()", "{x: 1, y: 2.0}",
            "0..5", "5..0 by -2", "[1i8, 2]", "[1.5bf16, 2]", "f32", "relu", "x -> x");
    private final Random random;
    private int depth;

    RandomProgram(long seed) {
        this.random = new Random(seed);
    }

    String program() {
        var body = IntStream.range(0, 3 + random.nextInt(6)).mapToObj(i -> statement())
                .collect(Collectors.joining("\n"));
        return "(a, b, c, d) = (1, [1.0, 2.0], (1, 2), {x: 3})\n" + body + "\n";
    }

    private String statement() {
        return switch (random.nextInt(9)) {
            case 0, 1, 2 -> name() + " = " + expression();
            case 3 -> name() + "[" + subscript() + "] " + pick(List.of("=", "+=", "*=")) + " " + expression();
            case 4 -> "if " + expression() + " { " + statement() + " } else { " + statement() + " }";
            case 5 -> "for " + name() + " in " + expression() + " { " + statement() + "; if clock() < 0 { break } }";
            case 6 -> "try { " + statement() + " } catch e { print(e.kind) }";
            case 7 -> "fn f(x, y=" + literal() + ") = " + expression() + "\n" + name() + " = f(" + expression() + ")";
            default -> "print(" + expression() + ")";
        };
    }

    private String expression() {
        if (depth > 3) {
            return literal();
        }
        depth++;
        var text = switch (random.nextInt(12)) {
            case 0, 1 -> name();
            case 2, 3 -> literal();
            case 4, 5 -> "(" + expression() + " " + pick(OPERATORS) + " " + expression() + ")";
            case 6 -> pick(FUNCTIONS) + "(" + expression() + ")";
            case 7 -> pick(FUNCTIONS) + "(" + expression() + ", axis=" + (random.nextInt(5) - 2) + ")";
            case 8 -> name() + "[" + subscript() + "]";
            case 9 -> "grad(x -> sum(x * " + expression() + "))(" + expression() + ")";
            case 10 -> "match " + expression() + " { 0 -> 1; (p, q) -> p; {x} -> x; _ -> " + expression() + " }";
            default -> "(" + expression() + " for x in " + expression() + ")";
        };
        depth--;
        return text;
    }

    private String subscript() {
        List<Supplier<String>> forms = List.of(this::literal, this::name, () -> ":", () -> "::-1", () -> "...",
                () -> "none", () -> random.nextInt(7) - 3 + "", () -> "1:", () -> "-9:9:2", this::expression);
        return IntStream.range(0, 1 + random.nextInt(3)).mapToObj(i -> pick(forms).get())
                .collect(Collectors.joining(", "));
    }

    private String literal() {
        return pick(LITERALS);
    }

    private String name() {
        return pick(NAMES);
    }

    private <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }
}

package tfl.language.fuzz;

import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Writes random programs that the grammar allows, in random layouts, from a seed. */
public final class ProgramGenerator {
    private static final List<String> NAMES = List.of("a", "b", "x", "y", "model", "θ", "test", "bench", "from", "by",
            "_p", "f", "print");
    private static final List<String> OPERATORS = List.of("+", "-", "*", "/", "//", "%", "@", "**", "|", "^",
            "&", "<<", ">>", "..", "..=",
            "==", "!=", "<", "<=", ">", ">=", "in", "not in", "and", "or", "|>");
    private static final List<String> LITERALS = List.of("0", "42", "1_000", "0xff", "3i32", "1f64", "1.5",
            "2.", ".5", "1e-3",
            "9223372036854775807", "true", "false", "none", "\"\"", "\"s\"", "\"a{x}b{y + 1:.4f}\"",
                    "r\"\\d\"", "\"{{}}\"",
            "\"\"\"two\nlines {a}\"\"\"", "\"{f(\"in\", {k: 1})}\"");

    private final Random random;
    private int budget;

    public ProgramGenerator(long seed) {
        this.random = new Random(seed);
        this.budget = random.nextInt(60);
    }

    public String program() {
        var lines = new StringBuilder(random.nextInt(8) == 0 ? "## Module\n\n" : "");
        int count = 1 + random.nextInt(8);
        for (int i = 0; i < count; i++) {
            lines.append(comment()).append(topLevel()).append(end());
        }
        return lines.toString();
    }

    private String topLevel() {
        return switch (random.nextInt(8)) {
            case 0 -> doc() + decorators() + function();
            case 1 -> doc() + struct();
            case 2 -> pick("import nn, optim as o", "import \"./m.tfl\" as m",
                    "import java \"java.time.Instant\"",
                    "from nn import dense, relu as r");
            case 3 -> pick("test \"t\" ", "bench \"b\" ") + block();
            default -> statement();
        };
    }

    private String statement() {
        return switch (random.nextInt(10)) {
            case 0, 1 -> pattern() + " = " + expression();
            case 2 -> path() + pick(" = ", " += ", " **= ", " @= ", " //= ") + expression();
            case 3 -> function();
            case 4 -> control();
            default -> expression();
        };
    }

    private String function() {
        return "fn " + name() + "(" + list(this::parameter, 3) + ")" + pick("", " -> f32[n, 2]", " -> int")
                + (random.nextBoolean() ? " = " + expression() : " " + block());
    }

    private String parameter() {
        return pick("a", "b: int", "x: f32[n, m*2+1, _, 3]", "(a, b)", "{x, y: z}", "q: float[...]",
                "s: nn.Dense");
    }

    private String struct() {
        return "struct P(w, static b: int = 1)" + (random.nextBoolean() ? ""
                : " {\n" + comment() + function() + end() + comment() + function() + "\n}");
    }

    private String decorators() {
        return pick("", "", "@graph\n", "@graph(device=\"cpu\")\n@a.b\n");
    }

    private String doc() {
        return pick("", "", "## What it does\n## twice\n");
    }

    private String block() {
        if (budget < 0) {
            return pick("{ a }", "{}", "{ x = 1; x }");
        }
        return random.nextInt(3) == 0 ? "{ " + statement() + pick("; ", ";") + statement() + " }"
                : "{" + pick("", "", " # behind") + "\n" + comment() + "    " + statement() + end()
                        + comment() + statement() + "\n" + comment() + "}";
    }

    private String control() {
        return switch (random.nextInt(9)) {
            case 0 -> "if " + expression() + " " + block();
            case 1 -> "if " + expression() + " " + block() + " else if " + expression() + " " + block()
                    + " else " + block();
            case 2 -> "while " + expression() + " " + block();
            case 3 -> "for " + pattern() + " in " + expression() + " " + block();
            case 4 -> "match " + expression() + " {\n" + comment() + arm() + "\n" + comment() + arm() + "\n}";
            case 5 -> "match " + expression() + " { " + arm() + ", " + arm() + " }";
            case 6 -> "try " + block() + pick(" catch e ", "\ncatch ") + block() + pick("", " finally { a }");
            case 7 -> "return " + expression();
            default -> "assert (" + expression() + "), \"m\"";
        };
    }

    private String arm() {
        return pick("0", "-1.5", "\"k\"", "(a, *_)", "{kind: \"x\", ...r}", "s: str", "x: f32[n]",
                "n if (n > 0)", "_", "none")
                + " -> " + pick("a", "{ a }", "{k: a}", "{a: b, c: d}", "return", "(assert a)") ;
    }

    private String expression() {
        if (--budget < 0) {
            return name();
        }
        return switch (random.nextInt(22)) {
            case 0, 1, 2, 3 -> operand() + " " + random(OPERATORS) + pick(" ", " ", " ", "\n  ") + operand();
            case 4 -> pick("-", "~", "+", "not ") + operand();
            case 5, 6 -> operand() + "(" + list(this::argument, 4) + ")";
            case 7 -> operand() + "[" + subscripts() + "]";
            case 8 -> operand() + pick("", "\n  ") + ".field" + pick("", "()", ".T");
            case 9 -> "(" + expression() + ", " + list(this::expression, 3) + ")";
            case 10 -> "[" + list(this::expression, 5) + "]";
            case 11 -> "{" + list(() -> "k" + random.nextInt(99) + ": " + expression(), 3) + "}";
            case 12 -> "{...r, \"a b\": " + expression() + ", in: 1}";
            case 13 -> pick("x", "(a, b=1, *c)", "()", "{u, v}", "_") + " -> " + pick(expression(), block());
            case 14 -> "(" + control() + ")";
            case 15 -> "(" + operand() + " for " + pattern() + " in " + operand() + " if " + operand() + ")";
            case 16 -> "[" + operand() + " for (i, j) in " + operand() + "]";
            case 17 -> operand() + pick("..", "..=") + operand() + " by " + operand();
            case 18 -> "(\n  # inside\n  " + operand() + ", # behind\n  " + operand() + "\n)";
            case 19 -> "f(" + operand() + ", # one\n  " + operand() + "\n  # last\n)";
            default -> random(LITERALS);
        };
    }

    /** An expression that may stand beside an operator. */
    private String operand() {
        return random.nextInt(3) == 0 ? "(" + expression() + ")" : random.nextInt(3) == 0 ? random(LITERALS)
                : name();
    }

    private String argument() {
        return pick("", "", "*") + expression();
    }

    private String subscripts() {
        return pick("0", ":", "1:", "::-1", "..., none", "a:b, " + operand(), operand());
    }

    private String pattern() {
        return pick("a", "b", "(x, y)", "(head, *tail)", "{x, y: (u, _)}", "{x, ...others}", "_", "(only,)");
    }

    private String path() {
        return pick("x", "x[0, :]", "m.layers[2].b", "p.w");
    }

    private String comment() {
        return pick("", "", "", "# note\n", "\n\n\n", "  # one\n# two\n", "\n# apart\n\n");
    }

    private String end() {
        return pick("\n", "\n", "\n\n", ";\n", "  # behind\n", "\r\n");
    }

    private String name() {
        return random(NAMES.subList(0, 6));
    }

    private String list(Supplier<String> item, int most) {
        return IntStream.range(0, random.nextInt(most + 1)).mapToObj(_ -> item.get())
                .collect(Collectors.joining(pick(", ", ",\n  ")));
    }

    private String pick(String... choices) {
        return choices[random.nextInt(choices.length)];
    }

    private String random(List<String> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}

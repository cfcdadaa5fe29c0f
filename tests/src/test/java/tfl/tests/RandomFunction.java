package tfl.tests;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Writes functions of two f64 tensors that run without errors and have finite results: every value has a shape that is
 * known here, and nothing grows fast.
 */
final class RandomFunction {
    private static final List<int[]> SHAPES = List.of(new int[] {3}, new int[] {4}, new int[] {2, 3},
            new int[] {3, 3}, new int[] {2, 1, 3}, new int[] {});

    private record Value(String name, int[] shape) {}

    private final Random random;
    private final List<Value> values = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();
    private String indent = "  ";
    private int names;
    final int[] first;
    final int[] second;

    RandomFunction(long seed) {
        random = new Random(seed);
        first = pick(SHAPES);
        second = random.nextBoolean() ? first : pick(SHAPES);
        values.add(new Value("x", first));
        values.add(new Value("y", second));
    }

    /** The definition of {@code f(x, y)}. */
    String definition() {
        text.append("fn f(x, y) {\n");
        int count = 2 + random.nextInt(5);
        for (int i = 0; i < count; i++) {
            statement();
        }
        line(result());
        return text.append("}\n").toString();
    }

    private String result() {
        var last = values.getLast().name();
        return switch (random.nextInt(5)) {
            case 0 -> "(" + last + ", " + any().name() + ")";
            case 1 -> "{p: " + last + ", q: (" + any().name() + ", 2.5)}";
            case 2 -> "sum(" + last + ") + mean(" + any().name() + ")";
            default -> last;
        };
    }

    private void statement() {
        switch (random.nextInt(14)) {
            case 0, 1, 2 -> define(elementwise(any(), 2));
            case 3 -> define(reduced(any()));
            case 4 -> define(part(any()));
            case 5 -> define(product(any()));
            case 6 -> define(moved(any()));
            case 7 -> define(rows(any()));
            case 8 -> choice(any());
            case 9 -> counted(any());
            case 10 -> open(any());
            case 11 -> update(any());
            case 12 -> walk(any());
            default -> nested(any());
        }
    }

    private void define(Value expression) {
        var value = fresh(expression.shape());
        line(value.name() + " = " + expression.name());
        values.add(value);
    }

    private Value elementwise(Value of, int depth) {
        if (depth == 0) {
            return of;
        }
        var inner = elementwise(of, depth - 1);
        var other = matching(of.shape());
        String a = inner.name();
        var form = switch (random.nextInt(18)) {
            case 0 -> "sin(%1$s)";
            case 1 -> "tanh(%1$s * 0.7)";
            case 2 -> "sqrt(1.0 + (%1$s) ** 2)";
            case 3 -> "log(1.5 + (%1$s) * (%1$s))";
            case 4 -> "abs(%1$s)";
            case 5 -> "relu(%1$s)";
            case 6 -> "exp(-abs(%1$s))";
            case 7 -> "sigmoid(%1$s)";
            case 8 -> "(%1$s + %2$s)";
            case 9 -> "(%1$s - 0.5 * %2$s)";
            case 10 -> "(tanh(%1$s) * %2$s)";
            case 11 -> "((%1$s) / (1 + %2$s * %2$s))";
            case 12 -> "maximum(%1$s, %2$s)";
            case 13 -> "where(%2$s > 0.1, %1$s, cos(%2$s))";
            case 14 -> "clip(%1$s, -1.3, 1.7)";
            case 15 -> "(2 - %1$s)";
            case 16 -> "where((%1$s) < %2$s, 1.0, %1$s)";
            default -> "minimum(%1$s, 0.8)";
        };
        return new Value(form.formatted(a, other.name()), of.shape());
    }

    private Value reduced(Value of) {
        var name = pick(List.of("sum", "mean", "max", "min", "logsumexp", "var", "std", "prod"));
        if (of.shape().length == 0) {
            return new Value("sum(" + of.name() + ")", of.shape());
        }
        int axis = random.nextInt(of.shape().length);
        return random.nextBoolean() ? new Value("%s(%s, axis=%d)".formatted(name, of.name(), axis),
                without(of.shape(), axis)) : new Value("%s(%s, axis=%d, keepdims=true)".formatted(name, of.name(),
                axis), with(of.shape(), axis, 1));
    }

    private Value part(Value of) {
        if (of.shape().length == 0) {
            return new Value(of.name() + "[none]", new int[] {1});
        }
        int size = of.shape()[0];
        int at = random.nextInt(size);
        return switch (random.nextInt(8)) {
            case 0 -> new Value("%s[%d]".formatted(of.name(), at), without(of.shape(), 0));
            case 1 -> new Value("%s[%d:]".formatted(of.name(), at), with(of.shape(), 0, size - at));
            case 2 -> new Value(of.name() + "[::-1]", of.shape());
            case 3 -> new Value(of.name() + "[..., 0]", without(of.shape(), of.shape().length - 1));
            case 4 -> new Value("%s[[%d, 0]]".formatted(of.name(), at), with(of.shape(), 0, 2));
            case 5 -> new Value("%s[argmax(%s) %% %d]".formatted(of.name(), of.name(), size), without(of.shape(), 0));
            case 6 -> new Value("%s[none]".formatted(of.name()), prepended(of.shape(), 1));
            default -> new Value("%s[::2]".formatted(of.name()), with(of.shape(), 0, (size + 1) / 2));
        };
    }

    private Value product(Value of) {
        if (of.shape().length == 1) {
            return random.nextBoolean() ? new Value("(%1$s @ %1$s)".formatted(of.name()), new int[0])
                    : new Value("(%1$s[:, none] @ %1$s[none, :])".formatted(of.name()),
                    new int[] {of.shape()[0], of.shape()[0]});
        }
        if (of.shape().length == 2) {
            return new Value("(0.4 * %1$s @ %1$s.T)".formatted(of.name()), new int[] {of.shape()[0], of.shape()[0]});
        }
        return elementwise(of, 1);
    }

    private Value moved(Value of) {
        int size = Arrays.stream(of.shape()).reduce(1, (a, b) -> a * b);
        return switch (random.nextInt(6)) {
            case 0 -> new Value(of.name() + ".flatten()", new int[] {size});
            case 1 -> new Value("%s.reshape(%d, 1)".formatted(of.name(), size), new int[] {size, 1});
            case 2 -> new Value("stack((%s, %s))".formatted(of.name(), elementwise(of, 1).name()),
                    prepended(of.shape(), 2));
            case 3 -> of.shape().length == 0 || of.shape()[0] > 4 ? elementwise(of, 1)
                    : new Value("concat((%s, %s))".formatted(of.name(), elementwise(of, 1).name()),
                    with(of.shape(), 0, 2 * of.shape()[0]));
            case 4 -> of.shape().length != 2 ? elementwise(of, 1) : new Value(of.name() + ".T",
                    new int[] {of.shape()[1], of.shape()[0]});
            default -> of.shape().length == 0 ? elementwise(of, 1) : new Value("roll(%s, 1, axis=0)".formatted(
                    of.name()), of.shape());
        };
    }

    private Value rows(Value of) {
        if (of.shape().length == 0) {
            return elementwise(of, 1);
        }
        var form = pick(List.of("softmax(%s)", "cumulative_sum(%s, axis=0)", "sort(%s)", "log_softmax(%s)",
                "vmap(r -> r * sum(r))(%s)", "(%s) / (1 + norm(%1$s))", "(%s) * max(%1$s)",
                "[tanh(r) for r in %s]"));
        return new Value(form.formatted(of.name()), of.shape());
    }

    private void choice(Value of) {
        var value = fresh(of.shape());
        line("if sum(" + any().name() + ") > 0.3 {");
        line("  " + value.name() + " = " + elementwise(of, 1).name());
        line(random.nextBoolean() ? "} else {" : "} else if mean(" + of.name() + ") < -0.2 {\n" + indent + "  "
                + value.name() + " = " + elementwise(of, 1).name() + "\n" + indent + "} else {");
        line("  " + value.name() + " = " + elementwise(of, 1).name());
        line("}");
        values.add(value);
    }

    private void counted(Value of) {
        var value = fresh(of.shape());
        line(value.name() + " = " + of.name());
        line("for i in 0.." + (1 + random.nextInt(3)) + " {");
        if (random.nextInt(3) == 0) {
            line("  if sum(" + value.name() + " ** 2) > 4.1 { " + pick(List.of("break", "continue")) + " }");
        }
        line("  " + value.name() + " = 0.6 * " + elementwise(value, 1).name() + " + 0.1 * i");
        line("}");
        values.add(value);
    }

    private void open(Value of) {
        var value = fresh(of.shape());
        var count = "k" + names;
        line(value.name() + " = " + of.name());
        line(count + " = 0");
        line("while " + count + " < 3 and sum(" + value.name() + " ** 2) < 5.2 {");
        line("  " + value.name() + " = 1.2 * " + value.name() + " + " + elementwise(value, 1).name() + " * 0.5");
        line("  " + count + " += 1");
        line("}");
        values.add(value);
    }

    private void update(Value of) {
        if (of.shape().length == 0) {
            define(elementwise(of, 2));
            return;
        }
        var value = fresh(of.shape());
        int at = random.nextInt(of.shape()[0]);
        line(value.name() + " = " + of.name());
        line(value.name() + switch (random.nextInt(5)) {
            case 0 -> "[" + at + "] = 0.3";
            case 1 -> "[" + at + "] += " + "sin(" + of.name() + "[0])";
            case 2 -> "[:" + at + "] *= 2";
            case 3 -> "[" + of.name() + " > 0.2] = 0.7";
            default -> "[[0, " + at + "]] = " + of.name() + "[-1]";
        });
        values.add(value);
    }

    private void walk(Value of) {
        if (of.shape().length == 0) {
            define(elementwise(of, 2));
            return;
        }
        var sum = fresh(without(of.shape(), 0));
        line(sum.name() + " = 0 * " + of.name() + "[0]");
        line("for r in " + of.name() + " { " + sum.name() + " = tanh(" + sum.name() + " * 0.5 + r) }");
        values.add(sum);
    }

    private void nested(Value of) {
        var value = fresh(of.shape());
        var other = any();
        line(switch (random.nextInt(6)) {
            case 0 -> "h = z -> sin(z) + mean(" + other.name() + ")\n" + indent + value.name() + " = h(" + of.name()
                    + ")";
            case 1 -> "r = {a: " + of.name() + ", b: " + other.name() + "}\n" + indent + "r.a += 0.5\n" + indent
                    + value.name() + " = r.a * tanh(sum(r.b))";
            case 2 -> "(p, q) = (" + of.name() + ", sum(" + other.name() + "))\n" + indent + value.name()
                    + " = where(p > q, p, sin(q) * p)";
            case 3 -> value.name() + " = grad(z -> sum(sin(z) * z) * tanh(sum(" + other.name() + ")))(" + of.name()
                    + ")";
            case 4 -> value.name() + " = checkpoint(z -> tanh(z) * z)(" + of.name() + ")";
            default -> value.name() + " = jvp(z -> sin(z) * z, " + of.name() + ", " + of.name() + ")[1]";
        });
        values.add(value);
    }

    private Value any() {
        return values.get(Math.max(0, values.size() - 1 - random.nextInt(3)));
    }

    /** A value that broadcasts to the shape without making it larger: of that shape, or a number. */
    private Value matching(int[] shape) {
        var fitting = values.stream().filter(value -> value.shape().length == 0 || Arrays.equals(value.shape(), shape)
                || value.shape().length == 1 && shape.length > 1 && value.shape()[0] == shape[shape.length - 1])
                .toList();
        return fitting.isEmpty() ? new Value("mean(" + any().name() + ")", new int[0]) : pick(fitting);
    }

    private Value fresh(int[] shape) {
        return new Value("v" + names++, shape);
    }

    private void line(String line) {
        text.append(indent).append(line).append('\n');
    }

    private static int[] without(int[] shape, int axis) {
        var rest = new ArrayList<Integer>();
        for (int k = 0; k < shape.length; k++) {
            if (k != axis) {
                rest.add(shape[k]);
            }
        }
        return rest.stream().mapToInt(Integer::intValue).toArray();
    }

    private static int[] with(int[] shape, int axis, int size) {
        var changed = shape.clone();
        changed[axis] = size;
        return changed;
    }

    private static int[] prepended(int[] shape, int size) {
        var longer = new int[shape.length + 1];
        longer[0] = size;
        System.arraycopy(shape, 0, longer, 1, shape.length);
        return longer;
    }

    /** A shape as TFL writes it, behind the sizes given. */
    static String tuple(int[] shape, int... before) {
        return IntStream.concat(Arrays.stream(before), Arrays.stream(shape))
                .mapToObj(size -> size + ",").collect(Collectors.joining(" ", "(", ")"));
    }

    private <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }
}

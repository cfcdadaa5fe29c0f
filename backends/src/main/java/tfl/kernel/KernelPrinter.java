package tfl.kernel;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tfl.tensor.DType;

/**
 * Kernels as one reads them: {@code loop(x0: f32, x1: f32) -> x0 * x1 + 1.0}. Inputs are {@code x0, x1, ...},
 * stages {@code s0, s1, ...}, positions {@code i0, i1, ...}.
 */
public final class KernelPrinter {
    private KernelPrinter() {}

    /** One kernel, on one line. */
    public static String print(Kernel kernel) {
        return switch (kernel) {
            case Kernel.Loop(var inputs, var bodies) -> "loop" + inputs(inputs) + bodies(bodies);
            case Kernel.Reduce(var inputs, var body, var fold, var axes, var accumulator, var output) ->
                word(fold) + axes + inputs(inputs) + " -> " + print(body) + " : " + accumulator
                        + (output == accumulator ? "" : " as " + output);
            case Kernel.Rows(var inputs, var stages, var bodies, var totals) -> "rows" + inputs(inputs)
                    + stages(stages) + (bodies.isEmpty() ? "" : bodies(bodies))
                    + (totals.isEmpty() ? "" : " and for each row" + bodies(totals));
            case Kernel.Iterate iterate -> "iterate " + iterate.rounds() + " times" + (iterate.reverse() ? " back" : "")
                    + inputs(iterate.inputs()) + rows(iterate)
                    + bodies(iterate.bodies().subList(0, iterate.states())) + results(iterate);
            case Kernel.Scan(var input, var fold, int axis, boolean reverse, boolean exclusive, var output) ->
                "scan " + word(fold) + "[" + axis + "](" + input + ")" + (reverse ? " reverse" : "")
                        + (exclusive ? " exclusive" : "") + " -> " + output;
            case Kernel.Contract(var dtype) -> "contract(" + dtype + ")";
            case Kernel.Product product -> print(product);
            case Kernel.Gather(var dtype, int indexed) -> "gather(" + dtype + ", " + indexed + " indexed)";
            case Kernel.Scatter(var dtype, int indexed, var combine) ->
                "scatter " + word(combine) + "(" + dtype + ", " + indexed + " indexed)";
            case Kernel.Assemble(var dtype, var fill, var windows) -> "assemble(" + dtype + ", "
                    + (fill == null ? "into x0" : "over " + print(fill)) + windows(windows) + ")";
            case Kernel.Copy(var dtype) -> "copy(" + dtype + ")";
            case Kernel.LibraryCall(var routine) -> "call " + routine;
        };
    }

    /** The kernels of rows, each with those of its inputs that are made here. */
    private static String print(Kernel.Product kernel) {
        var word = kernel.accumulates() ? "attention gradient by "
                : kernel.isAttention() ? "attention by " : "product ";
        return kernel.steps().stream().flatMap(step -> step instanceof PanelStep.Apply(var each, var reads)
                ? Stream.of(made(reads, kernel.inputs()) + " of " + print(each)) : Stream.empty())
                .collect(Collectors.joining(" then by ", word, ""));
    }

    private static String made(List<Integer> reads, int inputs) {
        return IntStream.range(0, reads.size()).filter(k -> reads.get(k) >= inputs).mapToObj(k -> "x" + k)
                .collect(Collectors.joining(", "));
    }

    private static String word(Enum<?> name) {
        return name.name().toLowerCase(Locale.ROOT);
    }

    private static String inputs(List<DType> dtypes) {
        return IntStream.range(0, dtypes.size()).mapToObj(k -> "x" + k + ": " + dtypes.get(k))
                .collect(Collectors.joining(", ", "(", ")"));
    }

    private static String rows(Kernel.Iterate kernel) {
        return kernel.sequences() == 0 ? "" : IntStream.range(0, kernel.sequences())
                .mapToObj(k -> "x" + (kernel.states() + k)).collect(Collectors.joining(", ", " by rows of ", ""));
    }

    private static String results(Kernel.Iterate kernel) {
        var results = kernel.bodies().subList(kernel.states(), kernel.bodies().size());
        return results.isEmpty() ? "" : " and for each round" + bodies(results);
    }

    private static String bodies(List<ScalarExpr> bodies) {
        return " -> " + bodies.stream().map(KernelPrinter::print).collect(Collectors.joining(", "));
    }

    private static String stages(List<Kernel.RowStage> stages) {
        return IntStream.range(0, stages.size())
                .mapToObj(k -> " s" + k + " = " + (stages.get(k).fold() == null ? "" : word(stages.get(k).fold())
                        + " ") + print(stages.get(k).body()) + ";")
                .collect(Collectors.joining());
    }

    private static String windows(List<Kernel.Window> windows) {
        return windows.stream().map(window -> ", at " + window.start() + " by " + window.step())
                .collect(Collectors.joining());
    }

    /** One expression, in the operators of the language where it has them. */
    public static String print(ScalarExpr expr) {
        return switch (expr) {
            case ScalarExpr.Input(int index, var dtype) -> "x" + index;
            case ScalarExpr.Stage(int index, var dtype) -> "s" + index;
            case ScalarExpr.Index(int axis) -> "i" + axis;
            case ScalarExpr.Constant(long bits, var dtype) -> constant(bits, dtype);
            case ScalarExpr.Unary(var op, var x) -> op == UnaryOp.NEG ? "-" + part(x) : word(op) + "("
                    + print(x) + ")";
            case ScalarExpr.Binary(var op, var x, var y) -> {
                var symbol = symbol(op);
                yield symbol == null ? word(op) + "(" + print(x) + ", " + print(y) + ")"
                        : part(x) + " " + symbol + " " + part(y);
            }
            case ScalarExpr.Select(var condition, var yes, var no) ->
                "where(" + print(condition) + ", " + print(yes) + ", " + print(no) + ")";
            case ScalarExpr.Cast(var dtype, var x) -> dtype + "(" + print(x) + ")";
        };
    }

    /** An operand, in parentheses where it has an operator of its own. */
    private static String part(ScalarExpr expr) {
        boolean infix = expr instanceof ScalarExpr.Binary binary && symbol(binary.op()) != null;
        return infix ? "(" + print(expr) + ")" : print(expr);
    }

    private static String constant(long bits, DType dtype) {
        return switch (dtype.kind()) {
            case BOOL -> bits != 0 ? "true" : "false";
            case SIGNED, UNSIGNED -> Long.toString(bits);
            case FLOAT, COMPLEX -> Double.toString(Double.longBitsToDouble(bits));
        };
    }

    private static String symbol(BinaryOp op) {
        return switch (op) {
            case ADD -> "+";
            case SUB -> "-";
            case MUL -> "*";
            case DIV -> "/";
            case FLOOR_DIV -> "//";
            case MOD -> "%";
            case POW -> "**";
            case AND -> "&";
            case OR -> "|";
            case XOR -> "^";
            case SHIFT_LEFT -> "<<";
            case SHIFT_RIGHT -> ">>";
            case EQ -> "==";
            case NE -> "!=";
            case LT -> "<";
            case LE -> "<=";
            case GT -> ">";
            case GE -> ">=";
            default -> null;
        };
    }
}

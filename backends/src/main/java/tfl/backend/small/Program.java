package tfl.backend.small;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tfl.kernel.BinaryOp;
import tfl.kernel.ScalarExpr;
import tfl.kernel.UnaryOp;
import tfl.tensor.DType;
import tfl.tensor.Shape;

/** Turns expressions into steps over whole registers; equal expressions are computed once. */
final class Program {
    /**
     * What a function such as exp costs, in additions: some 10 ns of an element, where compiled code, which does
     * many at once, needs 0.2. So 256 exponentials are the most that are done here.
     */
    private static final int FUNCTION = 128;
    /** The same of a fold, in which each element waits for one before it: 0.4 ns, against 0.03. */
    private static final int FOLD = 64;
    private final Shape shape;
    private final int length;
    private final List<Step> steps = new ArrayList<>();
    private final Map<ScalarExpr, Integer> known = new HashMap<>();
    private int registers;
    private int cost;
    private boolean possible = true;
    private boolean arithmetic = true;

    /** For expressions over that shape. */
    Program(Shape shape) {
        this.shape = shape;
        this.length = (int) shape.size();
    }

    /** Whether all that was asked for could be done. */
    boolean possible() {
        return possible && registers <= 64;
    }

    /** Additions for each element, about. */
    int cost() {
        return cost;
    }

    /** Whether there is no function such as exp, of which there are several roundings. */
    boolean isArithmetic() {
        return arithmetic;
    }

    int registers() {
        return registers;
    }

    Step[] steps() {
        return steps.toArray(Step[]::new);
    }

    int fresh() {
        return registers++;
    }

    void add(Step step) {
        steps.add(step);
        cost++;
    }

    void addFold(Step step) {
        steps.add(step);
        cost += FOLD;
    }

    /** Says which register holds an expression from now on. */
    void know(ScalarExpr expression, int register) {
        known.put(expression, register);
    }

    /** The register that will hold the expression. */
    int compute(ScalarExpr expression) {
        var register = known.get(expression);
        if (register == null) {
            register = emit(expression);
            known.put(expression, register);
        }
        return register;
    }

    private int emit(ScalarExpr expression) {
        if (!Transfer.holds(expression.dtype())) {
            possible = false;
            return 0;
        }
        int[] from = expression.parts().stream().mapToInt(this::compute).toArray();
        int to = fresh();
        if (!possible) {
            return to;
        }
        var step = switch (expression) {
            case ScalarExpr.Input(int index, var dtype) -> Transfer.load(index, dtype, to);
            case ScalarExpr.Constant constant -> constant(constant, to);
            case ScalarExpr.Index(int axis) -> index(axis, to);
            case ScalarExpr.Unary(var op, var x) -> unary(op, x.dtype(), from[0], to);
            case ScalarExpr.Binary(var op, var x, var y) -> binary(op, x.dtype(), from[0], from[1], to);
            case ScalarExpr.Select(var condition, var yes, var no) -> select(yes.dtype(), from, to);
            case ScalarExpr.Cast(var dtype, var x) -> Casts.step(x.dtype(), dtype, from[0], to, length);
            // Stages are known before a body that reads them is computed.
            case ScalarExpr.Stage stage -> null;
        };
        if (step == null) {
            possible = false;
        } else {
            add(step);
        }
        return to;
    }

    private Step constant(ScalarExpr.Constant constant, int to) {
        double real = Double.longBitsToDouble(constant.bits());
        return switch (constant.dtype()) {
            case F32 -> (registers, inputs) -> Arrays.fill(registers.floats(to), 0, length, (float) real);
            case F64 -> (registers, inputs) -> Arrays.fill(registers.doubles(to), 0, length, real);
            default -> (registers, inputs) -> Arrays.fill(registers.longs(to), 0, length, constant.bits());
        };
    }

    private Step index(int axis, int to) {
        int step = (int) shape.strides()[axis];
        int size = (int) shape.dim(axis);
        return (registers, inputs) -> {
            var values = registers.longs(to);
            for (int i = 0; i < length; i++) {
                values[i] = i / step % size;
            }
        };
    }

    private Step unary(UnaryOp op, DType dtype, int from, int to) {
        if (op == UnaryOp.IS_NAN || op == UnaryOp.IS_INF || op == UnaryOp.IS_FINITE || op == UnaryOp.SIGNBIT
                || op == UnaryOp.IMAG) {
            return null;
        }
        int n = length;
        switch (dtype) {
            case F32 -> {
                charge(op == UnaryOp.NEG || op == UnaryOp.ABS || op == UnaryOp.SQRT || op == UnaryOp.RECIPROCAL);
                var loop = FloatLoops.unary(op);
                return (registers, inputs) -> loop.run(registers.floats(from), registers.floats(to), n);
            }
            case F64 -> {
                charge(op == UnaryOp.NEG || op == UnaryOp.ABS || op == UnaryOp.SQRT || op == UnaryOp.RECIPROCAL);
                var loop = DoubleLoops.unary(op);
                return (registers, inputs) -> loop.run(registers.doubles(from), registers.doubles(to), n);
            }
            default -> {
                var loop = LongLoops.unary(op, dtype);
                boolean wraps = op == UnaryOp.NEG || op == UnaryOp.ABS || op == UnaryOp.NOT;
                return loop == null ? null : (registers, inputs) -> {
                    loop.run(registers.longs(from), registers.longs(to), n);
                    if (wraps) {
                        LongLoops.wrap(dtype, registers.longs(to), n);
                    }
                };
            }
        }
    }

    private void charge(boolean cheap) {
        cost += cheap ? 0 : FUNCTION;
        arithmetic &= cheap;
    }

    private static boolean compares(BinaryOp op) {
        return switch (op) {
            case EQ, NE, LT, LE, GT, GE -> true;
            default -> false;
        };
    }

    private Step binary(BinaryOp op, DType dtype, int x, int y, int to) {
        int n = length;
        if (op == BinaryOp.COMPLEX) {
            return null;
        }
        charge(op.ordinal() <= BinaryOp.DIV.ordinal() || op == BinaryOp.MAX || op == BinaryOp.MIN || compares(op)
                || !dtype.isFloat());
        switch (dtype) {
            case F32 -> {
                if (compares(op)) {
                    var loop = FloatLoops.compare(op);
                    return (r, inputs) -> loop.run(r.floats(x), r.floats(y), r.longs(to), n);
                }
                var loop = FloatLoops.binary(op);
                return (r, inputs) -> loop.run(r.floats(x), r.floats(y), r.floats(to), n);
            }
            case F64 -> {
                if (compares(op)) {
                    var loop = DoubleLoops.compare(op);
                    return (r, inputs) -> loop.run(r.doubles(x), r.doubles(y), r.longs(to), n);
                }
                var loop = DoubleLoops.binary(op);
                return (r, inputs) -> loop.run(r.doubles(x), r.doubles(y), r.doubles(to), n);
            }
            default -> {
                var loop = LongLoops.binary(op, dtype);
                boolean wraps = dtype != DType.I64 && op.ordinal() <= BinaryOp.FLOOR_DIV.ordinal()
                        || op == BinaryOp.SHIFT_LEFT;
                return loop == null ? null : (r, inputs) -> {
                    loop.run(r.longs(x), r.longs(y), r.longs(to), n);
                    if (wraps) {
                        LongLoops.wrap(dtype, r.longs(to), n);
                    }
                };
            }
        }
    }

    private Step select(DType dtype, int[] from, int to) {
        int n = length;
        return switch (dtype) {
            case F32 -> (r, inputs) -> select(r.longs(from[0]), r.floats(from[1]), r.floats(from[2]), r.floats(to), n);
            case F64 -> (r, inputs) -> select(r.longs(from[0]), r.doubles(from[1]), r.doubles(from[2]),
                    r.doubles(to), n);
            default -> (r, inputs) -> select(r.longs(from[0]), r.longs(from[1]), r.longs(from[2]), r.longs(to), n);
        };
    }

    private static void select(long[] condition, float[] yes, float[] no, float[] to, int n) {
        for (int i = 0; i < n; i++) {
            to[i] = condition[i] != 0 ? yes[i] : no[i];
        }
    }

    private static void select(long[] condition, double[] yes, double[] no, double[] to, int n) {
        for (int i = 0; i < n; i++) {
            to[i] = condition[i] != 0 ? yes[i] : no[i];
        }
    }

    private static void select(long[] condition, long[] yes, long[] no, long[] to, int n) {
        for (int i = 0; i < n; i++) {
            to[i] = condition[i] != 0 ? yes[i] : no[i];
        }
    }
}

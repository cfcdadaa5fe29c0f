package tfl.backend.llvm;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import tfl.kernel.BinaryOp;
import tfl.kernel.Kernel;
import tfl.kernel.ScalarExpr;
import tfl.tensor.DType;

/**
 * A kernel without its constants, so that kernels that differ in nothing else, such as the {@code 1/n} of a mean over
 * another number of elements, are one code. Each becomes an input behind the others, of which a call gives one number.
 * Constants for which other code is written or which LLVM has better code for stay.
 *
 * @param words the numbers, as they lie in the slots of a call's arguments
 */
public record OpenConstants<K extends Kernel>(K kernel, long[] words) {
    /** More would not find registers. */
    private static final int MOST = 32;

    /** The loop, opened. */
    public static OpenConstants<Kernel.Loop> of(Kernel.Loop loop) {
        var opening = new Opening(loop.inputs());
        var bodies = opening.all(loop.bodies());
        return new OpenConstants<>(new Kernel.Loop(opening.inputs, bodies), opening.words());
    }

    /** The reduction, opened. */
    public static OpenConstants<Kernel.Reduce> of(Kernel.Reduce reduce) {
        var opening = new Opening(reduce.inputs());
        var body = opening.one(reduce.body());
        return new OpenConstants<>(new Kernel.Reduce(opening.inputs, body, reduce.fold(), reduce.axes(),
                reduce.accumulator(), reduce.output()), opening.words());
    }

    /** The kernel of rows, opened. */
    public static OpenConstants<Kernel.Rows> of(Kernel.Rows rows) {
        var opening = new Opening(rows.inputs());
        var stages = rows.stages().stream().map(stage -> new Kernel.RowStage(opening.one(stage.body()), stage.fold()))
                .toList();
        var bodies = opening.all(rows.bodies());
        var totals = opening.all(rows.totals());
        return new OpenConstants<>(new Kernel.Rows(opening.inputs, stages, bodies, totals), opening.words());
    }

    /** The loop of elements that go their own way, opened. */
    public static OpenConstants<Kernel.Iterate> of(Kernel.Iterate loop) {
        var opening = new Opening(loop.inputs());
        var bodies = opening.all(loop.bodies());
        return new OpenConstants<>(new Kernel.Iterate(opening.inputs, loop.states(), loop.sequences(), bodies,
                loop.rounds(), loop.reverse()), opening.words());
    }

    /** Arguments with the numbers behind them. */
    public long[] after(long[] arguments) {
        return LongStream.concat(Arrays.stream(arguments), Arrays.stream(words)).toArray();
    }

    private static final class Opening {
        private final List<DType> inputs;
        private final List<ScalarExpr.Constant> found = new ArrayList<>();
        private final int given;
        private final Map<ScalarExpr, ScalarExpr> done = new IdentityHashMap<>();

        Opening(List<DType> inputs) {
            this.inputs = new ArrayList<>(inputs);
            this.given = inputs.size();
        }

        List<ScalarExpr> all(List<ScalarExpr> bodies) {
            return bodies.stream().map(this::one).toList();
        }

        /** Shared parts stay shared. */
        ScalarExpr one(ScalarExpr expr) {
            var known = done.get(expr);
            if (known == null) {
                known = fresh(expr);
                done.put(expr, known);
            }
            return known;
        }

        private ScalarExpr fresh(ScalarExpr expr) {
            return switch (expr) {
                case ScalarExpr.Constant constant -> isOpen(constant) ? input(constant) : constant;
                case ScalarExpr.Unary(var op, var x) -> new ScalarExpr.Unary(op, one(x));
                case ScalarExpr.Binary(var op, var x, ScalarExpr.Constant(long bits, var dtype))
                        when op == BinaryOp.DIV && dtype.isFloat() && isPowerOfTwo(Double.longBitsToDouble(bits)) ->
                    new ScalarExpr.Binary(BinaryOp.MUL, one(x), one(new ScalarExpr.Constant(
                            Double.doubleToRawLongBits(1 / Double.longBitsToDouble(bits)), dtype)));
                case ScalarExpr.Binary(var op, var x, var y) ->
                    // A power of a constant is less exact where LLVM knows it.
                    new ScalarExpr.Binary(op, op == BinaryOp.POW ? one(x) : operand(op, x), operand(op, y));
                case ScalarExpr.Select(var condition, var yes, var no) ->
                    new ScalarExpr.Select(one(condition), one(yes), one(no));
                case ScalarExpr.Cast(var dtype, var x) -> new ScalarExpr.Cast(dtype, one(x));
                case ScalarExpr.Input _, ScalarExpr.Stage _, ScalarExpr.Index _ -> expr;
            };
        }

        private ScalarExpr operand(BinaryOp op, ScalarExpr x) {
            return x instanceof ScalarExpr.Constant && decidesCode(op, x.dtype()) ? x : one(x);
        }

        private ScalarExpr input(ScalarExpr.Constant constant) {
            int index = found.indexOf(constant);
            if (index < 0) {
                if (found.size() == MOST) {
                    return constant;
                }
                index = found.size();
                found.add(constant);
                inputs.add(constant.dtype());
            }
            return new ScalarExpr.Input(given + index, constant.dtype());
        }

        long[] words() {
            return found.stream().mapToLong(OpenConstants::word).toArray();
        }
    }

    /** Where the reciprocal is as exact, and several times as fast. */
    private static boolean isPowerOfTwo(double number) {
        return Math.abs(Math.getExponent(number)) <= Float.MAX_EXPONENT - 1
                && (Double.doubleToRawLongBits(number) & (1L << 52) - 1) == 0;
    }

    /** Whether a constant operand saves much: the sign of a remainder, powers, which of two extremes may be NaN. */
    private static boolean decidesCode(BinaryOp op, DType dtype) {
        return switch (op) {
            case ADD, SUB, MUL, DIV, EQ, NE, LT, LE, GT, GE -> false;
            case MAX, MIN -> dtype.isFloat();
            default -> true;
        };
    }

    private static boolean isOpen(ScalarExpr.Constant constant) {
        return switch (constant.dtype()) {
            case F32, F64 -> {
                double size = Math.abs(Double.longBitsToDouble(constant.bits()));
                yield Double.isFinite(size) && size != 0 && size != 0.5 && size != 1 && size != 2;
            }
            case I32, I64 -> constant.bits() < -2 || constant.bits() > 2;
            default -> false;
        };
    }

    private static long word(ScalarExpr.Constant constant) {
        return constant.dtype() == DType.F32
                ? Float.floatToRawIntBits((float) Double.longBitsToDouble(constant.bits())) : constant.bits();
    }
}

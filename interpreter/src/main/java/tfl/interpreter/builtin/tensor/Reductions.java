package tfl.interpreter.builtin.tensor;

import java.util.Arrays;
import java.util.List;
import tfl.kernel.Kernel.Fold;
import tfl.kernel.UnaryOp;
import tfl.primitive.Activation;
import tfl.primitive.ArgExtreme;
import tfl.primitive.Cumulative;
import tfl.primitive.ReduceExtreme;
import tfl.primitive.ReduceLogical;
import tfl.primitive.ReduceProd;
import tfl.primitive.ReduceSum;
import tfl.primitive.ShapeProblem;
import tfl.tensor.DType;
import tfl.tensor.TensorValue;

/** Folds over axes. Axes are counted from the front and ascending. */
public final class Reductions {
    private Reductions() {}

    /** The sum; bools and small integers add up in i64, unless a dtype is given. */
    public static TensorValue sum(Tensors ops, TensorValue x, int[] axes, boolean keep, DType dtype) {
        var wide = ops.cast(x, dtype == null ? accumulator(x.type().dtype()) : dtype);
        return kept(ops, ops.run(new ReduceSum(list(axes)), wide), x, axes, keep);
    }

    /** The product, in the dtypes of {@link #sum}. */
    public static TensorValue product(Tensors ops, TensorValue x, int[] axes, boolean keep, DType dtype) {
        var wide = ops.cast(x, dtype == null ? accumulator(x.type().dtype()) : dtype);
        return kept(ops, ops.run(new ReduceProd(list(axes)), wide), x, axes, keep);
    }

    /** What sums of elements of that dtype are computed in: i64 for integers and bools. */
    public static DType accumulator(DType dtype) {
        return dtype.isDifferentiable() ? dtype : DType.I64;
    }

    /** The largest or smallest element. */
    public static TensorValue extreme(Tensors ops, boolean largest, TensorValue x, int[] axes, boolean keep) {
        requireElements(x, axes, largest ? "max" : "min");
        return kept(ops, ops.run(new ReduceExtreme(largest, list(axes)), x), x, axes, keep);
    }

    /** Whether all, or any, elements are not zero. */
    public static TensorValue logical(Tensors ops, boolean all, TensorValue x, int[] axes, boolean keep) {
        return kept(ops, ops.run(new ReduceLogical(all, list(axes)), x), x, axes, keep);
    }

    /** Where the largest or smallest element lies: along an axis, or in all of them for axis -1. */
    public static TensorValue argument(Tensors ops, boolean largest, TensorValue x, int axis, boolean keep) {
        int[] axes = axis < 0 ? Axes.all(x.type().shape().rank()) : new int[] {axis};
        requireElements(x, axes, largest ? "argmax" : "argmin");
        return kept(ops, ops.run(new ArgExtreme(largest, axis), x), x, axes, keep);
    }

    public static TensorValue mean(Tensors ops, TensorValue x, int[] axes, boolean keep) {
        var values = ops.floats(x);
        return ops.divide(sum(ops, values, axes, keep, null), (double) count(x, axes));
    }

    /** The mean square distance from the mean, where the count is reduced by a correction. */
    public static TensorValue variance(Tensors ops, TensorValue x, int[] axes, double correction,
            boolean keep) {
        var values = ops.floats(x);
        var centred = ops.subtract(values, mean(ops, values, axes, true));
        var squares = values.type().dtype().isComplex()
                ? ops.activation(Activation.Function.SQUARE, ops.unary(UnaryOp.ABS, centred))
                : ops.activation(Activation.Function.SQUARE, centred);
        return ops.divide(sum(ops, squares, axes, keep, null), Math.max(0, count(x, axes) - correction));
    }

    /** A running fold along an axis. */
    public static TensorValue cumulative(Tensors ops, Fold fold, TensorValue x, int axis, DType dtype) {
        var wide = ops.cast(x, dtype == null ? accumulator(x.type().dtype()) : dtype);
        return ops.run(new Cumulative(fold, axis, false, false), wide);
    }

    /** How many elements meet in one. */
    public static long count(TensorValue x, int[] axes) {
        long count = 1;
        for (int axis : axes) {
            count *= x.type().shape().dim(axis);
        }
        return count;
    }

    /** The folded axes put back with size 1, if they are to be kept. */
    static TensorValue kept(Tensors ops, TensorValue folded, TensorValue x, int[] axes, boolean keep) {
        if (!keep) {
            return folded;
        }
        var dims = x.type().shape().dims();
        for (int axis : axes) {
            dims[axis] = 1;
        }
        return ops.reshape(folded, dims);
    }

    private static void requireElements(TensorValue x, int[] axes, String name) {
        if (count(x, axes) == 0) {
            throw new ShapeProblem("TFL-E0311", name + " of no elements: {0} is " + x.type(), null,
                    "the operand");
        }
    }

    static List<Integer> list(int[] axes) {
        return Arrays.stream(axes).boxed().toList();
    }
}

package tfl.interpreter.builtin.tensor;

import tfl.kernel.BinaryOp;
import tfl.kernel.UnaryOp;
import tfl.primitive.Activation;
import tfl.tensor.DType;
import tfl.tensor.Tensor;
import tfl.tensor.TensorValue;
import tfl.transform.Trace;

/** Lengths of vectors. */
public final class Norms {
    private Norms() {}

    /**
     * {@code sum(abs(x) ** order) ** (1 / order)} over axes; the extremes for infinite orders, the count for
     * 0.
     */
    public static TensorValue vector(Tensors ops, TensorValue x, int[] axes, double order, boolean keep) {
        if (order == 2 && !x.type().dtype().isComplex()) {
            var squares = ops.activation(Activation.Function.SQUARE, x);
            return root(ops, Reductions.sum(ops, squares, axes, keep, null), 2);
        }
        var magnitudes = ops.unary(UnaryOp.ABS, x);
        if (Double.isInfinite(order)) {
            return Reductions.extreme(ops, order > 0, magnitudes, axes, keep);
        }
        if (order == 0) {
            return ops.cast(Reductions.sum(ops, ops.cast(magnitudes, DType.BOOL), axes, keep, null),
                    magnitudes.type().dtype());
        }
        if (order == 1) {
            return Reductions.sum(ops, magnitudes, axes, keep, null);
        }
        var powers = ops.binary(BinaryOp.POW, magnitudes, order);
        return root(ops, Reductions.sum(ops, powers, axes, keep, null), order);
    }

    /**
     * The root of a sum of powers. Where the sum is 0 there is no gradient, and 0 is taken out of the subgradients,
     * which the root alone, infinitely steep there, would turn into nan.
     */
    public static TensorValue root(Tensors ops, TensorValue sum, double order) {
        if (order < 0 || sum instanceof Tensor && !Trace.isActive()) {
            return plainRoot(ops, sum, order);
        }
        var isZero = ops.binary(BinaryOp.EQ, sum, 0.0);
        return ops.select(isZero, 0.0, plainRoot(ops, ops.select(isZero, 1.0, sum), order));
    }

    private static TensorValue plainRoot(Tensors ops, TensorValue sum, double order) {
        return order == 2 ? ops.unary(UnaryOp.SQRT, sum) : ops.binary(BinaryOp.POW, sum, 1 / order);
    }
}

package tfl.interpreter.builtin.tensor;

import tfl.kernel.BinaryOp;
import tfl.kernel.UnaryOp;
import tfl.primitive.Activation;
import tfl.tensor.DType;
import tfl.tensor.TensorValue;

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
            return ops.unary(UnaryOp.SQRT, Reductions.sum(ops, squares, axes, keep, null));
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
        return ops.binary(BinaryOp.POW, Reductions.sum(ops, powers, axes, keep, null), 1 / order);
    }
}

package tfl.primitive;

import java.util.List;
import tfl.kernel.BinaryOp;
import tfl.kernel.ScalarExpr;
import tfl.tensor.DType;

/**
 * {@code clip(x, low, high)} for numbers low and high; an infinite bound does not bind. The slope is 1 inside
 * and on the bounds, 0 outside. NaN stays.
 */
public record Clip(double low, double high) implements Elementwise {
    @Override
    public String name() {
        return "clip";
    }

    @Override
    public List<ScalarExpr> bodies(List<DType> inputs) {
        var dtype = inputs.getFirst();
        if (dtype.isComplex() || dtype == DType.BOOL) {
            throw Check.dtype("clip", "real numbers", dtype);
        }
        var x = Scalars.input(0, dtype);
        ScalarExpr clipped = x;
        if (low != Double.NEGATIVE_INFINITY) {
            var bound = Scalars.number(low, dtype);
            clipped = Scalars.select(Scalars.binary(BinaryOp.LT, x, bound), bound, clipped);
        }
        if (high != Double.POSITIVE_INFINITY) {
            var bound = Scalars.number(high, dtype);
            clipped = Scalars.select(Scalars.binary(BinaryOp.GT, x, bound), bound, clipped);
        }
        return List.of(clipped);
    }
}

package tfl.primitive;

import java.util.List;
import tfl.kernel.BinaryOp;
import tfl.kernel.ScalarExpr;
import tfl.tensor.DType;

/**
 * Turns indices that count from the end (negative ones) of an axis of that size into ones from the start, as
 * i64.
 */
public record WrapIndex(long size) implements Elementwise {
    @Override
    public String name() {
        return "index";
    }

    @Override
    public List<ScalarExpr> bodies(List<DType> inputs) {
        if (!inputs.getFirst().isInteger()) {
            throw Check.dtype("an index", "integers or a bool mask", inputs.getFirst());
        }
        var index = Scalars.cast(DType.I64, Scalars.input(0, inputs.getFirst()));
        var fromEnd = Scalars.add(index, new ScalarExpr.Constant(size, DType.I64));
        return List.of(Scalars.select(Scalars.binary(BinaryOp.LT, index, Scalars.like(index, 0)), fromEnd, index));
    }
}

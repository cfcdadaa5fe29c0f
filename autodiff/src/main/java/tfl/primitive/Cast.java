package tfl.primitive;

import java.util.List;
import tfl.kernel.ScalarExpr;
import tfl.kernel.UnaryOp;
import tfl.tensor.DType;

/** Converts the elements to a dtype; of a complex number only the real part goes into a real dtype. */
public record Cast(DType dtype) implements Elementwise {
    @Override
    public String name() {
        return "astype";
    }

    @Override
    public List<ScalarExpr> bodies(List<DType> inputs) {
        var x = Scalars.input(0, inputs.getFirst());
        boolean drops = x.dtype().isComplex() && !dtype.isComplex() && dtype != DType.BOOL;
        return List.of(new ScalarExpr.Cast(dtype, drops ? Scalars.unary(UnaryOp.REAL, x) : x));
    }
}

package tfl.primitive;

import java.util.List;
import tfl.kernel.ScalarExpr;
import tfl.tensor.DType;
import tfl.tensor.TensorType;

/**
 * Any elementwise formula over operands of one shape, with one or several results, in one pass over memory.
 * Derivatives come from the formula.
 *
 * @param label what errors call it
 * @param bodies one expression for each result
 */
public record Fused(String label, List<ScalarExpr> bodies) implements Elementwise {
    @Override
    public String name() {
        return label;
    }

    @Override
    public List<ScalarExpr> bodies(List<DType> inputs) {
        return bodies;
    }

    @Override
    public List<TensorType> shape(List<TensorType> inputs) {
        bodies.forEach(body -> checkInputs(body, inputs));
        return Elementwise.super.shape(inputs);
    }

    @Override
    public Elementwise behindMappedAxis() {
        return new Fused(label, bodies.stream().map(body -> Scalars.moveAxes(body, 1)).toList());
    }

    private void checkInputs(ScalarExpr body, List<TensorType> inputs) {
        if (body instanceof ScalarExpr.Input(var index, var dtype)
                && (index >= inputs.size() || inputs.get(index).dtype() != dtype)) {
            throw new ShapeProblem("TFL-E0303", label + ": operand " + (index + 1) + " must be " + dtype, null);
        }
        body.parts().forEach(part -> checkInputs(part, inputs));
    }
}

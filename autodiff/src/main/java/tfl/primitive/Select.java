package tfl.primitive;

import java.util.List;
import tfl.kernel.ScalarExpr;
import tfl.tensor.DType;

/** {@code where(condition, yes, no)}: picks an element of {@code yes} or {@code no}. */
public record Select() implements Elementwise {
    @Override
    public String name() {
        return "where";
    }

    @Override
    public List<ScalarExpr> bodies(List<DType> inputs) {
        if (inputs.getFirst() != DType.BOOL) {
            throw new ShapeProblem("TFL-E0303", "where: the condition {0} is " + inputs.getFirst() + ", not bool",
                    "compare it: {0} != 0", "the first operand");
        }
        if (inputs.get(1) != inputs.get(2)) {
            throw new ShapeProblem("TFL-E0303", "where: {1} is " + inputs.get(1) + ", {2} is " + inputs.get(2),
                    null, "the condition", "the second operand", "the third operand");
        }
        return List.of(new ScalarExpr.Select(Scalars.input(0, DType.BOOL), Scalars.input(1, inputs.get(1)),
                Scalars.input(2, inputs.get(2))));
    }
}

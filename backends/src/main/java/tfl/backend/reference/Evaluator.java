package tfl.backend.reference;

import tfl.kernel.ScalarExpr;
import tfl.kernel.ScalarExpr.Binary;
import tfl.kernel.ScalarExpr.Cast;
import tfl.kernel.ScalarExpr.Constant;
import tfl.kernel.ScalarExpr.Index;
import tfl.kernel.ScalarExpr.Input;
import tfl.kernel.ScalarExpr.Select;
import tfl.kernel.ScalarExpr.Stage;
import tfl.kernel.ScalarExpr.Unary;
import tfl.tensor.Shape;
import tfl.tensor.Tensor;

/** The value of a {@link ScalarExpr} at one row-major position of the iteration. */
final class Evaluator {
    private final Tensor[] inputs;
    private final long[] steps;
    private final Shape shape;
    private final Object[] stages;

    /** Inputs all of that shape; {@code stages} is filled in by who computes them. */
    Evaluator(Tensor[] inputs, Shape shape, Object[] stages) {
        this.inputs = inputs;
        this.shape = shape;
        this.steps = shape.strides();
        this.stages = stages;
    }

    Object at(ScalarExpr expression, long position) {
        return switch (expression) {
            case Input(int index, var dtype) -> Scalars.read(dtype, inputs[index].address(position));
            case Stage(int index, var dtype) -> stages[index];
            case Constant constant -> Scalars.constant(constant);
            case Index(int axis) -> position / steps[axis] % shape.dim(axis);
            case Unary(var op, var x) -> Scalars.unary(op, x.dtype(), at(x, position));
            case Binary(var op, var x, var y) -> Scalars.binary(op, x.dtype(), at(x, position), at(y, position));
            case Select(var condition, var yes, var no) -> at((Long) at(condition, position) != 0 ? yes : no, position);
            case Cast(var dtype, var x) -> Scalars.cast(dtype, at(x, position));
        };
    }
}

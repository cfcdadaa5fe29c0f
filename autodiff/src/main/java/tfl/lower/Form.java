package tfl.lower;

import java.util.Arrays;
import java.util.List;
import tfl.kernel.Kernel;
import tfl.kernel.ScalarExpr;
import tfl.primitive.Full;
import tfl.primitive.Lowering;
import tfl.primitive.Primitive;
import tfl.primitive.StopGradient;
import tfl.tensor.Shape;
import tfl.tensor.TensorType;

/** What an equation is to the fuser. It asks for the kernel of its primitive, never for the primitive's name. */
sealed interface Form {
    /** One expression for each result, over operands of one shape. */
    record Points(List<ScalarExpr> bodies) implements Form {}

    /** A view. */
    record Move(Primitive move) implements Form {}

    /** A reduction. */
    record Fold(Kernel.Reduce kernel) implements Form {}

    /** Folds along rows and what is made of them. */
    record Lines(Kernel.Rows kernel) implements Form {}

    /** Whatever stays as it is. */
    record Opaque() implements Form {}

    /** Whether a view shows the operand just as it is. */
    private static boolean isIdentity(Primitive move, Shape from) {
        var strided = Strided.dense(from).through(move);
        return strided != null && strided.shape().equals(from) && strided.offset() == 0
                && Arrays.equals(strided.strides(), from.strides());
    }

    static Form of(Primitive primitive, List<TensorType> inputs) {
        if (primitive.hasEffect()) {
            return new Opaque();
        }
        if (primitive instanceof Full(var type, long bits)) {
            return new Points(List.of(new ScalarExpr.Constant(bits, type.dtype())));
        }
        if (Chain.holds(primitive)) {
            return new Move(isIdentity(primitive, inputs.getFirst().shape()) ? new StopGradient() : primitive);
        }
        if (primitive.readsTrustedData() || !(primitive.lower(inputs) instanceof Lowering.Launch(var kernel))) {
            return new Opaque();
        }
        return switch (kernel) {
            case Kernel.Loop loop -> new Points(loop.bodies());
            case Kernel.Reduce reduce when !inputs.isEmpty() -> new Fold(reduce);
            case Kernel.Rows rows -> new Lines(rows);
            default -> new Opaque();
        };
    }
}

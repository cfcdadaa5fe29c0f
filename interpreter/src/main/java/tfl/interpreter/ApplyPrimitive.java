package tfl.interpreter;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import java.util.ArrayList;
import java.util.List;
import tfl.primitive.Primitive;
import tfl.primitive.ShapeProblem;
import tfl.tensor.Tensor;
import tfl.tensor.TensorValue;

/** The only fork in the house: plain tensors are computed at once, anything else is written down by what it stands for. */
public final class ApplyPrimitive {
    private ApplyPrimitive() {}

    /** Applies a primitive of one result. */
    @TruffleBoundary
    public static TensorValue one(Primitive primitive, TensorValue... inputs) {
        return all(primitive, inputs).getFirst();
    }

    /**
     * Applies a primitive. Inputs that nobody holds are used up.
     *
     * @throws TflException if the inputs do not fit
     */
    @TruffleBoundary
    public static List<TensorValue> all(Primitive primitive, TensorValue... inputs) {
        var tensors = new ArrayList<Tensor>();
        for (var input : inputs) {
            tensors.add((Tensor) input);
        }
        try {
            primitive.shape(tensors.stream().map(Tensor::type).toList());
            return List.copyOf(primitive.eval(tensors));
        } catch (ShapeProblem problem) {
            throw TflException.of(ErrorKind.SHAPE, problem.code(), problem.getMessage(), problem.help());
        }
    }
}

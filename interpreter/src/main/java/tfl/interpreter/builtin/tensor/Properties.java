package tfl.interpreter.builtin.tensor;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import java.util.Arrays;
import java.util.List;
import tfl.interpreter.value.TupleValue;
import tfl.primitive.ShapeProblem;
import tfl.tensor.TensorValue;

/** What a tensor says about itself without a call: {@code x.shape}. */
public final class Properties {
    /** The names there are. */
    public static final List<String> NAMES =
            List.of("shape", "dtype", "device", "rank", "ndim", "size", "nbytes", "T",
            "mT");

    private Properties() {}

    /** The property of that name, or null if there is none. */
    @TruffleBoundary
    public static Object get(TensorValue tensor, String name) {
        var type = tensor.type();
        return switch (name) {
            case "shape" -> new TupleValue(Arrays.stream(type.shape().dims()).boxed().toArray());
            case "dtype" -> type.dtype();
            case "device" -> Execution.ops().backend().device();
            case "rank", "ndim" -> (long) type.shape().rank();
            case "size" -> type.shape().size();
            case "nbytes" -> type.bytes();
            case "T" -> Tensors.work(ops -> reversed(ops, tensor));
            case "mT" -> Tensors.work(ops -> transposed(ops, tensor));
            default -> null;
        };
    }

    private static TensorValue reversed(Tensors ops, TensorValue x) {
        int rank = x.type().shape().rank();
        int[] order = Axes.all(rank);
        for (int i = 0; i < rank; i++) {
            order[i] = rank - 1 - i;
        }
        return rank < 2 ? x : ops.permute(x, order);
    }

    private static TensorValue transposed(Tensors ops, TensorValue x) {
        int rank = x.type().shape().rank();
        if (rank < 2) {
            throw new ShapeProblem("TFL-E0308", "mT needs a matrix, {0} is " + x.type(), null, "the tensor");
        }
        return ops.moveAxis(x, rank - 1, rank - 2);
    }
}

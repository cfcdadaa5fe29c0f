package tfl.primitive;

import tfl.kernel.Kernel;
import tfl.tensor.Tensor;
import tfl.tensor.TensorType;

/** How a primitive reaches the machine. */
public sealed interface Lowering {
    /** By a kernel, whose outputs are those of {@link Primitive#shape}. */
    record Launch(Kernel kernel) implements Lowering {}

    /** By no work at all: another view of the first input's storage. */
    record View(Rule rule) implements Lowering {}

    /**
     * Makes the view of that type, or returns null where these strides do not allow one; the input is then
     * copied.
     */
    interface Rule {
        Tensor view(Tensor input, TensorType type);
    }
}

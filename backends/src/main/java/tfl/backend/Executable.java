package tfl.backend;

import java.util.Optional;
import tfl.tensor.Tensor;

/** A kernel made ready for inputs of certain types; the strides of the inputs may still differ at each run. */
public interface Executable {
    /**
     * Runs the kernel.
     *
     * @param inputs tensors of exactly the types it was compiled for
     * @param donated bit i set: nobody reads input i afterwards, its storage may be reused for an output
     * @return fresh tensors (or a donated input's storage), row-major
     */
    Tensor[] run(Tensor[] inputs, int donated);

    /**
     * Runs the kernel and writes results where the caller wants them, if it can: such a result is a view of its place.
     *
     * @param places {@link Places#ANYWHERE}, or for each output null or a row-major tensor of its type that shares no
     *     element with an input; the caller's
     */
    default Tensor[] run(Tensor[] inputs, int donated, Tensor[] places) {
        return run(inputs, donated);
    }

    /**
     * Gets ready for inputs that lie so, ahead of the first run. May be called from several threads.
     *
     * @param strides of each input, in elements
     */
    default void prepare(long[][] strides) {}

    /** The code that ran last or was prepared last; none where nothing is compiled. */
    default Optional<Compiled> compiled() {
        return Optional.empty();
    }
}

package tfl.backend;

import java.util.List;
import java.util.Optional;
import tfl.kernel.Kernel;
import tfl.tensor.TensorType;

/** Runs kernels on one kind of device. Safe for use from several threads. */
public interface Backend {
    /** The device's name, such as {@code cpu}. */
    String device();

    /**
     * Makes a kernel ready. Cheap to call again: equal arguments give the same executable.
     *
     * @param inputs the types of the tensors to come
     * @param outputs the types of the results, as the caller computed them
     * @throws IllegalArgumentException if the types do not fit the kernel
     */
    Executable compile(Kernel kernel, List<TensorType> inputs, List<TensorType> outputs);

    /** Makes kernels ready to run at one time; none where that is no faster than one after the other. */
    default Optional<Grouped> group(List<Launch> launches) {
        return Optional.empty();
    }

    /**
     * Whether it does with the elements of a product what a loop does with them while they are in registers or a first
     * cache, so that the loop costs no pass of its own.
     *
     * @param product the type of the result, {@code [..., m, n]}
     * @param inner over how many it sums
     */
    default boolean fusesInto(TensorType product, long inner) {
        return false;
    }

    /** What it works with, for {@code tfl doctor}. Asking may load libraries. */
    default List<Component> describe() {
        return List.of();
    }
}

package tfl.backend;

import java.util.List;
import tfl.kernel.Kernel;
import tfl.tensor.Tensor;
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

    /** Makes kernels ready to run at one time; they give the results that each gives alone. */
    default Grouped group(List<Launch> launches) {
        var kernels = launches.stream().map(each -> compile(each.kernel(), each.inputs(), each.outputs())).toList();
        return new Grouped() {
            @Override
            public List<Executable> kernels() {
                return kernels;
            }

            @Override
            public Tensor[][] run(Call[] calls) {
                var results = new Tensor[calls.length][];
                for (int k = 0; k < results.length; k++) {
                    results[k] = calls[k].run(kernels.get(k));
                }
                return results;
            }
        };
    }

    /** What it works with, for {@code tfl doctor}. Asking may load libraries. */
    default List<Component> describe() {
        return List.of();
    }
}

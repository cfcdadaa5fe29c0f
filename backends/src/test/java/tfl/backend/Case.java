package tfl.backend;

import java.util.List;
import tfl.kernel.Kernel;
import tfl.tensor.Tensor;
import tfl.tensor.TensorType;

/**
 * One row of the contract: a kernel, its inputs, the types of its results, and how far from the reference an element
 * may
 * be: so many units in the last place, or that absolute distance.
 */
public record Case(String name, Kernel kernel, List<Tensor> inputs, List<TensorType> outputs, double ulps,
        double absolute) {
    /** A case whose results are exact. */
    static Case exact(String name, Kernel kernel, List<Tensor> inputs, TensorType... outputs) {
        return new Case(name, kernel, inputs, List.of(outputs), 0, 0);
    }

    public List<TensorType> types() {
        return inputs.stream().map(Tensor::type).toList();
    }

    @Override
    public String toString() {
        return name;
    }
}

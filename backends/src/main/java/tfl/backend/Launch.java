package tfl.backend;

import java.util.List;
import tfl.kernel.Kernel;
import tfl.tensor.TensorType;

/**
 * A kernel for values of certain types.
 *
 * @param inputs the types of the tensors to come
 * @param outputs the types of the results, as the caller computed them
 */
public record Launch(Kernel kernel, List<TensorType> inputs, List<TensorType> outputs) {}

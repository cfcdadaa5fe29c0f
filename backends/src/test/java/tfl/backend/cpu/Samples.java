package tfl.backend.cpu;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import tfl.backend.reference.ReferenceBackend;
import tfl.kernel.Kernel;
import tfl.kernel.Routine;
import tfl.tensor.DType;
import tfl.tensor.Shape;
import tfl.tensor.Tensor;
import tfl.tensor.TensorType;

/** Repeatable tensors for tests. */
final class Samples {
    private Samples() {}

    /** Floats in [-1, 1), integers in [-9, 9] (or [0, 9] unsigned). */
    static Tensor tensor(DType dtype, int seed, Shape shape) {
        var random = new Random(seed);
        int count = (int) shape.size();
        if (dtype.isComplex()) {
            var pairs = new float[2 * count];
            for (int i = 0; i < pairs.length; i++) {
                pairs[i] = random.nextFloat() * 2 - 1;
            }
            return Tensor.ofComplex(pairs, shape.dims());
        }
        var values = new double[count];
        for (int i = 0; i < count; i++) {
            values[i] = dtype.isFloat() ? random.nextDouble() * 2 - 1
                    : random.nextInt(dtype == DType.U8 ? 0 : -9, 10);
        }
        return Tensor.of(dtype, values, shape.dims());
    }

    /** Row-major real and imaginary parts in turn. */
    static double[] pairs(Tensor tensor) {
        var real = tensor.part(false).toDoubles();
        var imaginary = tensor.part(true).toDoubles();
        var pairs = new double[2 * real.length];
        for (int i = 0; i < real.length; i++) {
            pairs[2 * i] = real[i];
            pairs[2 * i + 1] = imaginary[i];
        }
        return pairs;
    }

    /**
     * Compiles and runs a routine; shapes and dtypes are those of the results, as many as there are shapes.
     */
    static Tensor[] run(Routine routine, List<Tensor> inputs, List<DType> dtypes, List<Shape> shapes) {
        var outputs = IntStream.range(0, shapes.size())
                .mapToObj(i -> new TensorType(dtypes.get(i), shapes.get(i))).toList();
        var executable = Routines.compile(routine, inputs.stream().map(Tensor::type).toList(), outputs);
        return executable.run(inputs.toArray(Tensor[]::new), 0);
    }

    /** The same by the plain-Java definition. */
    static Tensor[] reference(Routine routine, List<Tensor> inputs, List<DType> dtypes, List<Shape> shapes) {
        var outputs = IntStream.range(0, shapes.size())
                .mapToObj(i -> new TensorType(dtypes.get(i), shapes.get(i))).toList();
        var executable = new ReferenceBackend().compile(new Kernel.LibraryCall(routine),
                inputs.stream().map(Tensor::type).toList(), outputs);
        return executable.run(inputs.toArray(Tensor[]::new), 0);
    }

    /** The same elements, far apart in memory, the last axis backwards. */
    static Tensor scattered(Tensor tensor) {
        var reversed = tensor.reverse(tensor.rank() - 1);
        var dims = tensor.shape().dims();
        dims[dims.length - 1] *= 2;
        var spread = new double[(int) Shape.of(dims).size()];
        var values = reversed.toDoubles();
        for (int i = 0; i < values.length; i++) {
            spread[2 * i] = values[i];
        }
        int last = tensor.rank() - 1;
        return Tensor.of(tensor.dtype(), spread, dims).slice(last, 0, 2, tensor.dim(last)).reverse(last);
    }

    /** Random bits by the reference, or by ours. */
    static Tensor philox(Routine.Philox routine, Shape shape, boolean reference) {
        return (reference ? reference(routine, List.of(), List.of(DType.I32), List.of(shape))
                : run(routine, List.of(), List.of(DType.I32), List.of(shape)))[0];
    }
}

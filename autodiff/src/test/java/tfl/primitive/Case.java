package tfl.primitive;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import tfl.tensor.DType;
import tfl.tensor.Shape;
import tfl.tensor.Tensor;
import tfl.tensor.TensorType;

/**
 * One row of {@link PrimitiveTable}: a primitive, what it is given, and how exact derivatives must be (0: has
 * none).
 *
 * @param twice whether the derivative of the derivative is checked too
 */
record Case(Primitive primitive, List<Argument> arguments, double tolerance, boolean twice) {
    /**
     * An input: random numbers of a range, or a fixed tensor; {@code shaping} makes for instance a symmetric
     * matrix, {@code turning} what imaginary parts that needs.
     */
    record Argument(TensorType type, double low, double high, UnaryOperator<double[]> shaping,
            UnaryOperator<double[]> turning, double[] fixed) {
        Argument(TensorType type, double low, double high, UnaryOperator<double[]> shaping, double[] fixed) {
            this(type, low, high, shaping, data -> data, fixed);
        }

        Tensor make(Random random, DType dtype) {
            int size = (int) type.shape().size();
            var data = new double[size];
            for (int k = 0; k < size; k++) {
                data[k] = fixed != null ? fixed[k] : low + (high - low) * random.nextDouble();
            }
            var shaped = shaping.apply(data);
            if (dtype == DType.C64) {
                var turned = turning.apply(random.doubles(size).map(x -> low + (high - low) * x).toArray());
                var pairs = new float[2 * size];
                for (int k = 0; k < size; k++) {
                    pairs[2 * k] = (float) shaped[k];
                    pairs[2 * k + 1] = (float) turned[k];
                }
                return Tensor.ofComplex(pairs, type.shape().dims());
            }
            return type.shape().rank() == 0 ? Tensor.scalar(dtype, shaped[0])
                    : Tensor.of(dtype, shaped, type.shape().dims());
        }

        Argument symmetric() {
            int n = (int) type.shape().dim(type.shape().rank() - 1);
            return new Argument(type, low, high, data -> mirrored(data, n, 1), fixed);
        }

        /** Complex matrices that are their own adjoints. */
        Argument hermitian() {
            int n = (int) type.shape().dim(type.shape().rank() - 1);
            return new Argument(type, low, high, data -> mirrored(data, n, 1), data -> mirrored(data, n, -1), fixed);
        }

        /** Adds to the diagonal, which makes a matrix regular or positive definite. */
        Argument plusDiagonal(double value) {
            int n = (int) type.shape().dim(type.shape().rank() - 1);
            return new Argument(type, low, high, data -> {
                var out = shaping.apply(data);
                for (int k = 0; k < out.length; k++) {
                    out[k] += k / n % n == k % n ? value : 0;
                }
                return out;
            }, turning, fixed);
        }

        private static double[] mirrored(double[] data, int n, int sign) {
            var out = data.clone();
            for (int k = 0; k < data.length; k++) {
                int i = k / n % n;
                int j = k % n;
                out[k] = (data[k] + sign * data[k - i * n - j + j * n + i]) / 2;
            }
            return out;
        }
    }

    static Argument in(double low, double high, long... dims) {
        return of(DType.F64, low, high, dims);
    }

    static Argument of(DType dtype, double low, double high, long... dims) {
        return new Argument(new TensorType(dtype, Shape.of(dims)), low, high, data -> data, null);
    }

    static Argument fixed(DType dtype, double[] data, long... dims) {
        return new Argument(new TensorType(dtype, Shape.of(dims)), 0, 0, kept -> kept, data);
    }

    static Case row(Primitive primitive, double tolerance, Argument... arguments) {
        return new Case(primitive, List.of(arguments), tolerance, tolerance > 0);
    }

    Case once() {
        return new Case(primitive, arguments, tolerance, false);
    }

    List<Tensor> inputs(long seed) {
        var random = new Random(seed);
        var inputs = new ArrayList<Tensor>();
        arguments.forEach(argument -> inputs.add(argument.make(random, argument.type().dtype())));
        return inputs;
    }

    /** The same inputs as f32 where the row says f64; those of regions, which have types of their own, unchanged. */
    List<Tensor> singleInputs(long seed) {
        var random = new Random(seed);
        var inputs = new ArrayList<Tensor>();
        arguments.forEach(argument -> inputs.add(argument.make(random,
                argument.type().dtype() == DType.F64 && primitive.regions().isEmpty() ? DType.F32
                        : argument.type().dtype())));
        return inputs;
    }

    @Override
    public String toString() {
        return primitive + " of " + arguments.stream().map(argument -> argument.type().toString()).toList();
    }
}

package tfl.backend;

import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import tfl.tensor.DType;
import tfl.tensor.NativeMemory;
import tfl.tensor.Shape;
import tfl.tensor.Tensor;
import tfl.tensor.TensorType;

/** Elements to test with. The same call gives the same elements. */
final class Values {
    private static final double[] FLOATS = {0.0, -0.0, 1, -1, 0.5, -2.5, 3, 7.25, 1e-3, -40, 88.5, 710, 65504,
            3.3e38, -3.3e38,
        1.7e308, 1e-40, 4.9e-324, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.NaN};
    private static final long[] INTEGERS = {0, 1, -1, 2, 3, 7, -8, 31, 32, 64, 127, 128, -128, 255, 32767, -32768,
        Integer.MAX_VALUE, Integer.MIN_VALUE, Long.MAX_VALUE, Long.MIN_VALUE};

    private Values() {}

    /** Zeros of both signs, infinities, NaN, extremes, and some ordinary numbers. */
    static Tensor special(DType dtype) {
        if (dtype.isComplex()) {
            return Tensor.ofComplex(new float[] {0, 0, 1, 0, -1, 0, 0, 1, 0, -1, 0.5f, 2, -3, 0.25f, 1.5f, -0.75f});
        }
        return dtype.isFloat() ? Tensor.of(dtype, DoubleStream.of(FLOATS).toArray()) : Tensor.of(dtype, INTEGERS);
    }

    /** Every pair of special values: element (i, j) is the i-th, or the j-th. */
    static Tensor[] pairs(DType dtype) {
        var values = special(dtype);
        var shape = Shape.of(values.size(), values.size());
        return new Tensor[] {values.expand(1).broadcastTo(shape), values.broadcastTo(shape)};
    }

    /** Random numbers: floats and complex parts between -4 and 4, integers between -100 and 100 (u8: 0 to 200). */
    static Tensor random(DType dtype, int seed, long... dims) {
        var shape = Shape.of(dims);
        var random = new Random(seed * 31L + dtype.ordinal());
        int size = (int) shape.size();
        if (dtype.isComplex()) {
            var tensor = Tensor.allocate(new TensorType(dtype, shape));
            IntStream.range(0, 2 * size).forEach(i -> NativeMemory.putFloat(tensor.address() + 4L * i,
                    random.nextFloat() * 8 - 4));
            return tensor;
        }
        if (dtype.isFloat()) {
            return shaped(Tensor.of(dtype, random.doubles(size, -4, 4).toArray()), shape);
        }
        int low = dtype == DType.U8 ? 0 : -100;
        return shaped(Tensor.of(dtype, random.longs(size, low, low + 201).map(x -> dtype == DType.BOOL ? x & 1 : x)
                .toArray()), shape);
    }

    static Tensor shaped(Tensor tensor, Shape shape) {
        return tensor.reshapeView(shape);
    }

    /** Indices below {@code size}. */
    static Tensor indices(int seed, long size, long... dims) {
        var shape = Shape.of(dims);
        var random = new Random(seed);
        return shaped(Tensor.of(LongStream.generate(() -> random.nextLong(size)).limit(shape.size()).toArray()), shape);
    }

    /** A random tensor of that shape in one of several layouts of memory. */
    static Tensor laid(String layout, DType dtype, int seed, long... dims) {
        int rank = dims.length;
        var reversed = IntStream.range(0, rank).map(i -> rank - 1 - i).toArray();
        var tensor = switch (layout) {
            case "dense" -> random(dtype, seed, dims);
            case "transposed" -> random(dtype, seed, IntStream.of(reversed).mapToLong(i -> dims[i]).toArray())
                    .permute(reversed);
            case "backwards" -> random(dtype, seed, dims);
            case "stepped" -> random(dtype, seed, LongStream.of(dims).map(dim -> 2 * dim + 1).toArray());
            case "broadcast" -> random(dtype, seed, LongStream.of(dims).skip(1).toArray()).broadcastTo(Shape.of(dims));
            default -> throw new IllegalArgumentException(layout);
        };
        for (int axis = 0; axis < rank; axis++) {
            tensor = layout.equals("backwards") ? tensor.reverse(axis)
                    : layout.equals("stepped") ? tensor.slice(axis, 1, 2, dims[axis]) : tensor;
        }
        return tensor;
    }
}

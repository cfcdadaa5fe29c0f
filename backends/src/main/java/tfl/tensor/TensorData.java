package tfl.tensor;

import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;

/** Tensors from Java arrays and back. Arrays may hold row-major data of several axes; no dims given mean one axis. */
final class TensorData {
    private TensorData() {}

    private static Tensor fresh(DType dtype, long count, long[] dims) {
        var shape = dims.length == 0 ? Shape.of(count) : Shape.of(dims);
        if (shape.size() != count) {
            throw new IllegalArgumentException(count + " elements for the shape [" + shape + "]");
        }
        return Tensor.allocate(new TensorType(dtype, shape));
    }

    /** {@code array} is of {@code dtype}'s own kind of primitive. */
    static Tensor of(DType dtype, Object array, long count, long[] dims) {
        var tensor = fresh(dtype, count, dims);
        MemorySegment.copy(heap(array), 0, tensor.storage().segment(), 0, tensor.type().bytes());
        return tensor;
    }

    private static MemorySegment heap(Object array) {
        return switch (array) {
            case float[] floats -> MemorySegment.ofArray(floats);
            case double[] doubles -> MemorySegment.ofArray(doubles);
            case long[] longs -> MemorySegment.ofArray(longs);
            case int[] ints -> MemorySegment.ofArray(ints);
            case byte[] bytes -> MemorySegment.ofArray(bytes);
            default -> throw new IllegalArgumentException("an array of " + array.getClass().componentType());
        };
    }

    static Tensor of(boolean[] data, long[] dims) {
        var tensor = fresh(DType.BOOL, data.length, dims);
        for (int i = 0; i < data.length; i++) {
            NativeMemory.putByte(tensor.address() + i, (byte) (data[i] ? 1 : 0));
        }
        return tensor;
    }

    static Tensor of(DType dtype, double[] data, long[] dims) {
        var tensor = fresh(dtype, data.length, dims);
        for (int i = 0; i < data.length; i++) {
            Elements.putDouble(dtype, tensor.address() + (long) i * dtype.bytes(), data[i]);
        }
        return tensor;
    }

    static Tensor of(DType dtype, long[] data, long[] dims) {
        var tensor = fresh(dtype, data.length, dims);
        for (int i = 0; i < data.length; i++) {
            Elements.putLong(dtype, tensor.address() + (long) i * dtype.bytes(), data[i]);
        }
        return tensor;
    }

    private static int length(Tensor tensor) {
        if (tensor.size() > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException(tensor.type() + " is too large for a Java array");
        }
        return (int) tensor.size();
    }

    private static boolean copied(Tensor tensor, DType dtype, Object array) {
        if (tensor.dtype() != dtype || !tensor.isContiguous()) {
            return false;
        }
        MemorySegment.copy(NativeMemory.segment(tensor.address(), tensor.type().bytes()), 0, heap(array), 0,
                tensor.type().bytes());
        Reference.reachabilityFence(tensor);
        return true;
    }

    static double[] toDoubles(Tensor tensor) {
        var array = new double[length(tensor)];
        if (!copied(tensor, DType.F64, array)) {
            for (int i = 0; i < array.length; i++) {
                array[i] = tensor.readDouble(i);
            }
        }
        return array;
    }

    static long[] toLongs(Tensor tensor) {
        var array = new long[length(tensor)];
        if (!copied(tensor, DType.I64, array)) {
            for (int i = 0; i < array.length; i++) {
                array[i] = tensor.readLong(i);
            }
        }
        return array;
    }

    static float[] toFloats(Tensor tensor) {
        var array = new float[length(tensor)];
        if (!copied(tensor, DType.F32, array)) {
            for (int i = 0; i < array.length; i++) {
                array[i] = (float) tensor.readDouble(i);
            }
        }
        return array;
    }

    static byte[] toBytes(Tensor tensor) {
        int width = tensor.dtype().bytes();
        var array = new byte[Math.multiplyExact(length(tensor), width)];
        if (!copied(tensor, tensor.dtype(), array)) {
            for (int i = 0; i < array.length / width; i++) {
                for (int k = 0; k < width; k++) {
                    array[i * width + k] = NativeMemory.getByte(tensor.address(i) + k);
                }
            }
            Reference.reachabilityFence(tensor);
        }
        return array;
    }
}

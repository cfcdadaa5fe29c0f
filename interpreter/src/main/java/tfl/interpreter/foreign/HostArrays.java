package tfl.interpreter.foreign;

import java.lang.foreign.MemorySegment;
import java.lang.reflect.Array;
import java.util.ArrayList;
import tfl.interpreter.ErrorKind;
import tfl.interpreter.TflException;
import tfl.tensor.DType;
import tfl.tensor.NativeMemory;
import tfl.tensor.Tensor;

/** Java arrays of numbers as tensors: copies, so that writing to the array changes no tensor. */
final class HostArrays {
    private HostArrays() {}

    /**
     * The tensor, or null for what is no array of numbers or of rows of numbers.
     *
     * @throws TflException if the rows differ in length
     */
    static Tensor tensor(Object host) {
        var type = host.getClass();
        if (!type.isArray()) {
            return null;
        }
        var sizes = new ArrayList<Long>();
        Object row = host;
        while (type.isArray()) {
            sizes.add(row == null ? 0L : Array.getLength(row));
            row = row == null || Array.getLength(row) == 0 || type.componentType().isPrimitive() ? null
                    : Array.get(row, 0);
            type = type.componentType();
        }
        var dtype = dtype(type);
        if (dtype == null) {
            return null;
        }
        var dims = sizes.stream().mapToLong(Long::longValue).toArray();
        var tensor = Tensor.allocate(dtype, dims);
        try {
            fill(host, tensor, dims, 0, 0);
        } catch (TflException ragged) {
            tensor.discard();
            throw ragged;
        }
        return tensor;
    }

    private static DType dtype(Class<?> primitive) {
        if (!primitive.isPrimitive()) {
            return null;
        }
        return switch (primitive.getName()) {
            case "float" -> DType.F32;
            case "double" -> DType.F64;
            case "long" -> DType.I64;
            case "int" -> DType.I32;
            case "short" -> DType.I16;
            case "byte" -> DType.I8;
            case "boolean" -> DType.BOOL;
            default -> null;
        };
    }

    /** Copies an array into the tensor from an element on; the next element. */
    private static long fill(Object array, Tensor tensor, long[] dims, int axis, long place) {
        if (axis < dims.length - 1) {
            long next = place;
            for (int i = 0; i < dims[axis]; i++) {
                Object row = Array.get(array, i);
                long length = row == null ? -1 : Array.getLength(row);
                if (length != dims[axis + 1]) {
                    throw ragged(i, length, dims[axis + 1]);
                }
                next = fill(row, tensor, dims, axis + 1, next);
            }
            return next;
        }
        if (array instanceof boolean[] truths) {
            for (int i = 0; i < truths.length; i++) {
                NativeMemory.putByte(tensor.address() + place + i, (byte) (truths[i] ? 1 : 0));
            }
        } else {
            var from = heap(array);
            MemorySegment.copy(from, 0, tensor.segment(place), 0, from.byteSize());
        }
        return place + dims[axis];
    }

    private static MemorySegment heap(Object array) {
        return switch (array) {
            case float[] floats -> MemorySegment.ofArray(floats);
            case double[] doubles -> MemorySegment.ofArray(doubles);
            case long[] longs -> MemorySegment.ofArray(longs);
            case int[] ints -> MemorySegment.ofArray(ints);
            case short[] shorts -> MemorySegment.ofArray(shorts);
            case byte[] bytes -> MemorySegment.ofArray(bytes);
            default -> throw new IllegalArgumentException("an array of " + array.getClass().componentType());
        };
    }

    private static TflException ragged(int row, long length, long first) {
        return TflException.of(ErrorKind.SHAPE, "TFL-E0630", length < 0 ? "row " + row + " of this Java array is null"
                : "the rows of this Java array differ in length: row " + row + " has " + length + " elements, row 0 has "
                + first,
                "a tensor has rows of one length; a list of arrays keeps rows of several");
    }
}

package tfl.interpreter.builtin.text;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import tfl.tensor.Tensor;

/** Reads single elements of a tensor in the machine's memory, for printing and for semantics that depend on values. */
public final class Elements {
    private Elements() {}

    /** The element at that position in the storage, counted in elements, as a double; the real part of a complex one. */
    public static double toDouble(Tensor tensor, long position) {
        MemorySegment bytes = tensor.storage().segment();
        return switch (tensor.dtype()) {
            case F32 -> bytes.getAtIndex(ValueLayout.JAVA_FLOAT, position);
            case F64 -> bytes.getAtIndex(ValueLayout.JAVA_DOUBLE, position);
            case F16 -> Float.float16ToFloat(bytes.getAtIndex(ValueLayout.JAVA_SHORT, position));
            case BF16 -> Float.intBitsToFloat(bytes.getAtIndex(ValueLayout.JAVA_SHORT, position) << 16);
            case C64 -> bytes.getAtIndex(ValueLayout.JAVA_FLOAT, 2 * position);
            default -> toLong(tensor, position);
        };
    }

    /** The imaginary part of the c64 element at that position. */
    public static double imaginary(Tensor tensor, long position) {
        return tensor.storage().segment().getAtIndex(ValueLayout.JAVA_FLOAT, 2 * position + 1);
    }

    /** The bool or integer element at that position. */
    public static long toLong(Tensor tensor, long position) {
        MemorySegment bytes = tensor.storage().segment();
        return switch (tensor.dtype()) {
            case BOOL, I8 -> bytes.get(ValueLayout.JAVA_BYTE, position);
            case U8 -> Byte.toUnsignedInt(bytes.get(ValueLayout.JAVA_BYTE, position));
            case I16 -> bytes.getAtIndex(ValueLayout.JAVA_SHORT, position);
            case I32 -> bytes.getAtIndex(ValueLayout.JAVA_INT, position);
            case I64 -> bytes.getAtIndex(ValueLayout.JAVA_LONG, position);
            default -> throw new IllegalArgumentException(tensor.dtype() + " elements are no integers");
        };
    }

    /** All elements of a bool or integer tensor, in row-major order. */
    public static long[] longs(Tensor tensor) {
        var values = new long[Math.toIntExact(tensor.size())];
        var walk = new Walk(tensor);
        for (int i = 0; i < values.length; i++) {
            values[i] = toLong(tensor, walk.next());
        }
        return values;
    }

    /** All elements as doubles, in row-major order. */
    public static double[] doubles(Tensor tensor) {
        var values = new double[Math.toIntExact(tensor.size())];
        var walk = new Walk(tensor);
        for (int i = 0; i < values.length; i++) {
            values[i] = toDouble(tensor, walk.next());
        }
        return values;
    }

    /** The positions of a tensor's elements in its storage, in row-major order. */
    public static final class Walk {
        private final long[] dims;
        private final long[] strides;
        private final long[] index;
        private long position;

        public Walk(Tensor tensor) {
            dims = tensor.shape().dims();
            strides = tensor.strides();
            index = new long[dims.length];
            position = tensor.offset();
        }

        /** The position of the next element; to be called {@code size} times at most. */
        public long next() {
            long current = position;
            for (int axis = dims.length - 1; axis >= 0; axis--) {
                position += strides[axis];
                if (++index[axis] < dims[axis]) {
                    break;
                }
                position -= strides[axis] * dims[axis];
                index[axis] = 0;
            }
            return current;
        }
    }
}

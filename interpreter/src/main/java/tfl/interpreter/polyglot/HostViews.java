package tfl.interpreter.polyglot;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import tfl.interpreter.ErrorKind;
import tfl.interpreter.TflException;
import tfl.tensor.DType;
import tfl.tensor.SharedMemory;
import tfl.tensor.Tensor;

/**
 * A tensor's memory as Java knows memory: {@code asFloatBuffer()} and its like see the tensor's own bytes, read-only,
 * and keep them alive; {@code toFloatArray()} and its like copy, row-major.
 */
final class HostViews {
    static final List<String> NAMES = List.of("asMemorySegment", "asByteBuffer", "asShortBuffer", "asIntBuffer",
            "asLongBuffer", "asFloatBuffer", "asDoubleBuffer", "toFloatArray", "toDoubleArray", "toIntArray",
            "toLongArray", "toByteArray");

    private HostViews() {}

    /** The view or copy of that name. The tensor is pinned and row-major. */
    static Object of(Tensor tensor, String name) {
        return switch (name) {
            case "asMemorySegment" -> SharedMemory.view(tensor);
            case "asByteBuffer" -> bytes(tensor, name);
            case "asShortBuffer" -> bytes(tensor, name, DType.I16, DType.F16, DType.BF16).asShortBuffer();
            case "asIntBuffer" -> bytes(tensor, name, DType.I32).asIntBuffer();
            case "asLongBuffer" -> bytes(tensor, name, DType.I64).asLongBuffer();
            case "asFloatBuffer" -> bytes(tensor, name, DType.F32, DType.C64).asFloatBuffer();
            case "asDoubleBuffer" -> bytes(tensor, name, DType.F64).asDoubleBuffer();
            case "toFloatArray" -> small(tensor, name).toFloats();
            case "toDoubleArray" -> small(tensor, name).toDoubles();
            case "toLongArray" -> small(tensor, name).toLongs();
            case "toIntArray" -> ints(small(tensor, name));
            case "toByteArray" -> small(tensor, name).toBytes();
            default -> throw new IllegalArgumentException(name);
        };
    }

    private static ByteBuffer bytes(Tensor tensor, String name, DType... fitting) {
        if (fitting.length > 0 && !List.of(fitting).contains(tensor.dtype())) {
            throw TflException.of(ErrorKind.TYPE, "TFL-E0636", name + " shows the memory as it is, which is no "
                    + fitting[0] + ": the tensor is " + tensor.type(), "convert it first: x.astype(" + fitting[0]
                    + ")");
        }
        return SharedMemory.view(small(tensor, name)).asByteBuffer().order(ByteOrder.nativeOrder());
    }

    private static Tensor small(Tensor tensor, String name) {
        if (tensor.type().bytes() > Integer.MAX_VALUE - 8) {
            throw TflException.of(ErrorKind.VALUE, "TFL-E0636", name + ": Java's buffers and arrays end at 2 GiB, and "
                    + tensor.type() + " is larger", "asMemorySegment() has no such end");
        }
        return tensor;
    }

    private static int[] ints(Tensor tensor) {
        var ints = new int[Math.toIntExact(tensor.size())];
        for (int i = 0; i < ints.length; i++) {
            long value = tensor.readLong(i);
            if (value != (int) value) {
                throw TflException.of(ErrorKind.VALUE, "TFL-E0636", "toIntArray: the element " + value
                        + " does not fit in 32 bits", "toLongArray() takes it");
            }
            ints[i] = (int) value;
        }
        return ints;
    }
}

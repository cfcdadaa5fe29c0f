package tfl.interpreter.foreign;

import com.oracle.truffle.api.interop.InteropException;
import com.oracle.truffle.api.interop.InteropLibrary;
import com.oracle.truffle.api.interop.UnsupportedMessageException;
import java.lang.foreign.MemorySegment;
import java.util.Map;
import tfl.tensor.DType;
import tfl.tensor.Tensor;

/** The typed arrays and buffers of JavaScript and of languages that have the like, as tensors: copies. */
final class TypedArrays {
    // Unsigned integers that we have no dtype for go into the next wider one.
    private static final Map<String, DType> NAMES = Map.ofEntries(
            Map.entry("Float32Array", DType.F32), Map.entry("Float64Array", DType.F64),
            Map.entry("Float16Array", DType.F16), Map.entry("Int8Array", DType.I8),
            Map.entry("Int16Array", DType.I16), Map.entry("Int32Array", DType.I32),
            Map.entry("BigInt64Array", DType.I64), Map.entry("Uint8Array", DType.U8),
            Map.entry("Uint8ClampedArray", DType.U8), Map.entry("Uint16Array", DType.I32),
            Map.entry("Uint32Array", DType.I64));

    private TypedArrays() {}

    /** A vector, or null for what is no such thing. */
    static Tensor tensor(Object value) {
        var interop = InteropLibrary.getUncached();
        try {
            if (interop.hasBufferElements(value) && !interop.hasArrayElements(value)) {
                return bytes(DType.U8, value, 0, interop.getBufferSize(value));
            }
            var dtype = interop.hasArrayElements(value) ? NAMES.get(name(interop, value)) : null;
            return dtype == null ? null : typed(interop, dtype, value);
        } catch (InteropException gone) {
            throw new IllegalStateException(gone);
        }
    }

    private static String name(InteropLibrary interop, Object value) throws UnsupportedMessageException {
        return interop.hasMetaObject(value)
                ? interop.asString(interop.getMetaSimpleName(interop.getMetaObject(value))) : "";
    }

    private static Tensor typed(InteropLibrary interop, DType dtype, Object value) throws InteropException {
        long count = interop.getArraySize(value);
        boolean sameWidth = dtype != DType.I32 && dtype != DType.I64
                || name(interop, value).equals("Int32Array") || name(interop, value).startsWith("BigInt");
        if (sameWidth && interop.isMemberReadable(value, "buffer") && interop.isMemberReadable(value, "byteOffset")) {
            Object buffer = interop.readMember(value, "buffer");
            if (interop.hasBufferElements(buffer)) {
                return bytes(dtype, buffer, interop.asLong(interop.readMember(value, "byteOffset")),
                        count * dtype.bytes());
            }
        }
        var values = new double[Math.toIntExact(count)];
        for (int i = 0; i < values.length; i++) {
            values[i] = interop.asDouble(interop.readArrayElement(value, i));
        }
        return Tensor.of(dtype, values, values.length);
    }

    private static Tensor bytes(DType dtype, Object buffer, long offset, long count) throws InteropException {
        var interop = InteropLibrary.getUncached();
        var bytes = new byte[Math.toIntExact(count)];
        interop.readBuffer(buffer, offset, bytes, 0, bytes.length);
        var tensor = Tensor.allocate(dtype, count / dtype.bytes());
        MemorySegment.copy(MemorySegment.ofArray(bytes), 0, tensor.segment(0), 0, count);
        return tensor;
    }
}

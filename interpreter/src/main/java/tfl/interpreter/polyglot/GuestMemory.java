package tfl.interpreter.polyglot;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.interop.InteropLibrary;
import com.oracle.truffle.api.interop.InvalidBufferOffsetException;
import com.oracle.truffle.api.interop.UnsupportedMessageException;
import com.oracle.truffle.api.library.ExportLibrary;
import com.oracle.truffle.api.library.ExportMessage;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import tfl.tensor.SharedMemory;
import tfl.tensor.Tensor;
import tfl.tensor.TensorValue;
import tfl.transform.Lifted;

/** The bytes of a tensor with axes as a buffer that others read: the tensor's own, row-major. */
@ExportLibrary(InteropLibrary.class)
abstract class GuestMemory extends GuestValue {
    private final TensorValue tensor;
    /** The tensor, or its copy if its elements do not lie side by side; made when first asked for. */
    private volatile Tensor dense;
    private volatile MemorySegment memory;

    GuestMemory(TensorValue tensor) {
        super(tensor);
        this.tensor = tensor;
    }

    final TensorValue tensor() {
        return tensor;
    }

    final int rank() {
        return tensor.type().shape().rank();
    }

    /** The elements, or null while they are not known. */
    final Tensor plain() {
        return tensor instanceof Tensor known ? known : Lifted.isKnown(tensor) ? Lifted.plain(tensor) : null;
    }

    /** The elements side by side, for good. */
    final Tensor dense() {
        var known = dense;
        if (known == null) {
            known = SharedMemory.dense(plain());
            known.pin();
            dense = known;
        }
        return known;
    }

    private MemorySegment memory(long offset, int width) throws UnsupportedMessageException,
            InvalidBufferOffsetException {
        if (!hasBufferElements()) {
            throw UnsupportedMessageException.create();
        }
        if (offset < 0 || width < 0 || offset > tensor.type().bytes() - width) {
            throw InvalidBufferOffsetException.create(offset, width);
        }
        var known = memory;
        if (known == null) {
            known = SharedMemory.view(dense());
            memory = known;
        }
        return known;
    }

    @ExportMessage
    @TruffleBoundary
    final boolean hasBufferElements() {
        return rank() > 0 && plain() != null;
    }

    @ExportMessage
    @TruffleBoundary
    final long getBufferSize() throws UnsupportedMessageException {
        if (!hasBufferElements()) {
            throw UnsupportedMessageException.create();
        }
        return tensor.type().bytes();
    }

    @ExportMessage
    @TruffleBoundary
    final void readBuffer(long offset, byte[] to, int start, int length) throws UnsupportedMessageException,
            InvalidBufferOffsetException {
        MemorySegment.copy(memory(offset, length), ValueLayout.JAVA_BYTE, offset, to, start, length);
    }

    @ExportMessage
    @TruffleBoundary
    final byte readBufferByte(long offset) throws UnsupportedMessageException, InvalidBufferOffsetException {
        return memory(offset, 1).get(ValueLayout.JAVA_BYTE, offset);
    }

    @ExportMessage
    @TruffleBoundary
    final short readBufferShort(ByteOrder order, long offset) throws UnsupportedMessageException,
            InvalidBufferOffsetException {
        short value = memory(offset, 2).get(ValueLayout.JAVA_SHORT_UNALIGNED, offset);
        return isNative(order) ? value : Short.reverseBytes(value);
    }

    @ExportMessage
    @TruffleBoundary
    final int readBufferInt(ByteOrder order, long offset) throws UnsupportedMessageException,
            InvalidBufferOffsetException {
        int value = memory(offset, 4).get(ValueLayout.JAVA_INT_UNALIGNED, offset);
        return isNative(order) ? value : Integer.reverseBytes(value);
    }

    @ExportMessage
    @TruffleBoundary
    final long readBufferLong(ByteOrder order, long offset) throws UnsupportedMessageException,
            InvalidBufferOffsetException {
        long value = memory(offset, 8).get(ValueLayout.JAVA_LONG_UNALIGNED, offset);
        return isNative(order) ? value : Long.reverseBytes(value);
    }

    @ExportMessage
    final float readBufferFloat(ByteOrder order, long offset) throws UnsupportedMessageException,
            InvalidBufferOffsetException {
        return Float.intBitsToFloat(readBufferInt(order, offset));
    }

    @ExportMessage
    final double readBufferDouble(ByteOrder order, long offset) throws UnsupportedMessageException,
            InvalidBufferOffsetException {
        return Double.longBitsToDouble(readBufferLong(order, offset));
    }

    private static boolean isNative(ByteOrder order) {
        return order == ByteOrder.nativeOrder();
    }
}

package tfl.stdlib.io;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import tfl.tensor.DType;
import tfl.tensor.Shape;
import tfl.tensor.Tensor;
import tfl.tensor.TensorType;

/**
 * Reads a source from front to back, and says where it ends too early. Nothing is allocated before it is known that as
 * many bytes are there.
 */
final class ByteReader {
    private static final int WINDOW = 8192;
    /** The longest Java array of bytes. */
    private static final long LONGEST = Integer.MAX_VALUE - 8;

    private final ByteSource source;
    private final ByteBuffer window = ByteBuffer.allocate(WINDOW).limit(0);
    private long windowStart;
    private long position;

    ByteReader(ByteSource source) {
        this.source = source;
        window.order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Numbers are big-endian from now on. */
    ByteReader bigEndian() {
        window.order(ByteOrder.BIG_ENDIAN);
        return this;
    }

    long position() {
        return position;
    }

    /** Goes on from there; a place behind the end shows when the next byte is read. */
    void position(long place) {
        position = place;
    }

    long size() {
        return source.size();
    }

    long remaining() {
        return source.size() - position;
    }

    int unsignedByte(String what) {
        return number(1, what).get() & 0xff;
    }

    int unsignedShort(String what) {
        return number(2, what).getShort() & 0xffff;
    }

    long unsignedInt(String what) {
        return number(4, what).getInt() & 0xffffffffL;
    }

    long signedLong(String what) {
        return number(8, what).getLong();
    }

    /** The window, with that many bytes in it from its position on; they count as read. */
    private ByteBuffer number(int width, String what) {
        need(width, what);
        if (position < windowStart || position + width > windowStart + window.limit()) {
            windowStart = position;
            window.clear().limit((int) Math.min(WINDOW, remaining()));
            fill(position, MemorySegment.ofBuffer(window));
        }
        window.position((int) (position - windowStart));
        position += width;
        return window;
    }

    String latin(int length, String what) {
        return new String(bytes(length, what), StandardCharsets.ISO_8859_1);
    }

    /** The next bytes. */
    byte[] bytes(long length, String what) {
        need(length, what);
        if (length > LONGEST) {
            throw new CorruptFile(position, what + " of " + length + " bytes is larger than 2 GiB");
        }
        var bytes = new byte[(int) length];
        fill(position, MemorySegment.ofArray(bytes));
        position += length;
        return bytes;
    }

    /** The bytes from there to the end, as a stream. */
    SourceStream stream(long from) {
        return new SourceStream(source, from, source.size());
    }

    /** The source's own bytes. */
    ByteSource source() {
        return source;
    }

    /** All bytes that are left. */
    byte[] rest(String what) {
        return bytes(remaining(), what);
    }

    /** The next bytes as the elements of a tensor, as they are. */
    Tensor tensor(DType dtype, Shape shape, String what) {
        need(Sizes.bytes(dtype, shape, position, what), what);
        var tensor = Tensor.allocate(new TensorType(dtype, shape));
        try {
            read(tensor);
        } catch (RuntimeException | Error problem) {
            tensor.discard();
            throw problem;
        }
        return tensor;
    }

    private void read(Tensor tensor) {
        long bytes = tensor.type().bytes();
        var memory = tensor.storage().segment().asSlice(0, bytes);
        fill(position, memory);
        position += bytes;
        if (tensor.dtype() == DType.BOOL) {
            ByteOrders.clean(memory);
        }
    }

    private void fill(long from, MemorySegment to) {
        try {
            source.read(from, to);
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    /** Fails unless so many bytes are left. */
    void need(long length, String what) {
        if (length < 0 || length > remaining()) {
            throw new CorruptFile(source.size(), what + " needs "
                    + Long.toUnsignedString(length) + " bytes, " + Math.max(0, remaining()) + " are left");
        }
    }
}

package tfl.stdlib.io;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import tfl.tensor.NativeMemory;
import tfl.tensor.Tensor;

/** Writes bytes from front to back; a tensor goes through in pieces, so that a file may be larger than an array. */
final class ByteSink {
    private static final int PIECE = 1 << 16;
    private static final long PART = 1L << 24;
    private final OutputStream out;
    private final ByteBuffer number = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);

    ByteSink(OutputStream out) {
        this.out = out;
    }

    OutputStream stream() {
        return out;
    }

    ByteSink bytes(byte... bytes) throws IOException {
        out.write(bytes);
        return this;
    }

    ByteSink latin(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
        return this;
    }

    /** A number in little-endian order. */
    ByteSink shortNumber(int value) throws IOException {
        out.write(number.putShort(0, (short) value).array(), 0, 2);
        return this;
    }

    /** A number in little-endian order. */
    ByteSink intNumber(long value) throws IOException {
        out.write(number.putInt(0, (int) value).array(), 0, 4);
        return this;
    }

    /** A number in little-endian order. */
    ByteSink longNumber(long value) throws IOException {
        out.write(number.putLong(0, value).array(), 0, 8);
        return this;
    }

    /** The elements in row-major order. */
    void tensor(Tensor tensor) throws IOException {
        tensor(tensor, 1);
    }

    /** The elements in row-major order, with the bytes of each number of that width reversed. */
    void tensor(Tensor tensor, int swapped) throws IOException {
        if (tensor.isElsewhere() && tensor.type().bytes() > PART && tensor.dim(0) > 1) {
            byParts(tensor, swapped);
            return;
        }
        int width = tensor.dtype().bytes();
        var piece = new byte[PIECE];
        var memory = MemorySegment.ofArray(piece);
        long count = tensor.size();
        int most = PIECE / width;
        for (long start = 0; start < count; start += most) {
            int elements = (int) Math.min(most, count - start);
            gather(tensor, start, elements, memory);
            ByteOrders.swap(memory.asSlice(0, (long) elements * width), swapped);
            out.write(piece, 0, elements * width);
        }
        Reference.reachabilityFence(tensor);
    }

    /** A mapped tensor, which may be larger than memory: some of its rows after the other. */
    private void byParts(Tensor tensor, int swapped) throws IOException {
        long rows = Math.max(1, PART * tensor.dim(0) / tensor.type().bytes());
        for (long start = 0; start < tensor.dim(0); start += rows) {
            var part = tensor.slice(0, start, 1, Math.min(rows, tensor.dim(0) - start));
            try {
                tensor(part, swapped);
            } finally {
                part.discard();
            }
        }
    }

    private static void gather(Tensor tensor, long start, int elements, MemorySegment to) {
        int width = tensor.dtype().bytes();
        if (tensor.isContiguous()) {
            MemorySegment.copy(NativeMemory.segment(tensor.address(start), (long) elements * width), 0, to, 0,
                    (long) elements * width);
            return;
        }
        for (int i = 0; i < elements; i++) {
            MemorySegment.copy(NativeMemory.segment(tensor.address(start + i), width), 0, to, (long) i * width, width);
        }
    }
}

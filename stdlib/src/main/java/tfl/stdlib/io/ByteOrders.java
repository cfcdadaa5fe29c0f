package tfl.stdlib.io;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import tfl.tensor.DType;
import tfl.tensor.Tensor;

/** Turns big-endian elements into little-endian ones and back, and any non-zero byte into true. */
final class ByteOrders {
    private ByteOrders() {}

    /** How many bytes are one number: a complex element is two. */
    static int width(DType dtype) {
        return dtype == DType.C64 ? 4 : dtype.bytes();
    }

    /** The same tensor, which nobody else holds, with the bytes of each number reversed. */
    static Tensor swapped(Tensor dense) {
        swap(dense.storage().segment().asSlice(0, dense.type().bytes()), width(dense.dtype()));
        return dense;
    }

    /** Reverses the bytes of each number of that width. */
    static void swap(MemorySegment memory, int width) {
        for (long at = 0; width > 1 && at + width <= memory.byteSize(); at += width) {
            switch (width) {
                case 2 -> memory.set(ValueLayout.JAVA_SHORT_UNALIGNED, at,
                        Short.reverseBytes(memory.get(ValueLayout.JAVA_SHORT_UNALIGNED, at)));
                case 4 -> memory.set(ValueLayout.JAVA_INT_UNALIGNED, at,
                        Integer.reverseBytes(memory.get(ValueLayout.JAVA_INT_UNALIGNED, at)));
                default -> memory.set(ValueLayout.JAVA_LONG_UNALIGNED, at,
                        Long.reverseBytes(memory.get(ValueLayout.JAVA_LONG_UNALIGNED, at)));
            }
        }
    }

    /** Bools are 0 or 1 in memory; other programs write any byte for true. */
    static void clean(MemorySegment bools) {
        for (long at = 0; at < bools.byteSize(); at++) {
            if (bools.get(ValueLayout.JAVA_BYTE, at) != 0) {
                bools.set(ValueLayout.JAVA_BYTE, at, (byte) 1);
            }
        }
    }
}

package tfl.tensor;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Memory that is cut into {@link Cell}s from its start to its end; used by one thread. It comes from Java's own
 * allocator: linking the C library's would cost a program with small tensors only more than all its work.
 */
final class Slab {
    static final int BYTES = 64 << 10;
    private final MemorySegment segment;
    private int used;

    Slab() {
        Memory.admit(BYTES);
        try {
            this.segment = Arena.ofAuto().allocate(BYTES, CellCache.LINE);
        } catch (OutOfMemoryError none) {
            throw Memory.exhausted(BYTES);
        }
        Block.IN_USE.addAndGet(BYTES);
        Memory.CLEANER.register(this, Slab::gone);
    }

    private static void gone() {
        Block.IN_USE.addAndGet(-BYTES);
    }

    /** A cell of that many 64-byte lines, or null if the slab is full. */
    Cell cut(int lines) {
        int bytes = lines * CellCache.LINE;
        if (used + bytes > BYTES) {
            return null;
        }
        used += bytes;
        return new Cell(this, segment.address() + used - bytes, lines);
    }
}

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
        var account = Account.current();
        if (account != null) {
            account.admit(BYTES);
        }
        Memory.admit(BYTES);
        try {
            this.segment = Arena.ofAuto().allocate(BYTES, CellCache.LINE);
        } catch (OutOfMemoryError none) {
            throw Memory.exhausted(BYTES);
        }
        count(account, BYTES);
        Memory.CLEANER.register(this, () -> count(account, -BYTES));
    }

    private static void count(Account account, long bytes) {
        Block.IN_USE.addAndGet(bytes);
        if (account != null) {
            account.add(bytes);
        }
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

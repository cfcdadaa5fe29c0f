package tfl.tensor;

import java.util.ArrayDeque;
import java.util.concurrent.atomic.AtomicLong;

/** Free blocks by size class, eight classes to each power of two; beyond the bound the largest go to the system. */
final class BlockCache {
    /** Rounding to a class wastes at most one part in eight. */
    private static final int STEP_BITS = 3;
    private static final int CLASSES = 64 << STEP_BITS;
    /** How many classes above its own serve one who takes larger blocks, too: up to eight times the size. */
    private static final int LARGER = 3 << STEP_BITS;

    private final AtomicLong bytes = new AtomicLong();
    private final ArrayDeque<Block>[] free = lists();

    @SuppressWarnings("unchecked")
    private static ArrayDeque<Block>[] lists() {
        var lists = (ArrayDeque<Block>[]) new ArrayDeque<?>[CLASSES];
        for (int i = 0; i < CLASSES; i++) {
            lists[i] = new ArrayDeque<>(0);
        }
        return lists;
    }

    /** The size of the blocks that serve a request. */
    static long rounded(long bytes) {
        int shift = shift(bytes);
        return ((bytes - 1 >> shift) + 1) << shift;
    }

    private static int shift(long bytes) {
        return Math.max(6, 63 - Long.numberOfLeadingZeros(bytes - 1) - STEP_BITS);
    }

    private static int place(long rounded) {
        int shift = shift(rounded);
        return (shift << STEP_BITS) + (int) ((rounded >> shift) - 1 & 7);
    }

    /** A free block of exactly that rounded size, or null. */
    Block take(long rounded) {
        return take(free[place(rounded)]);
    }

    /** A free block of that rounded size or one somewhat larger, the smallest there is, or null. */
    Block takeLarger(long rounded) {
        Block block = null;
        int last = Math.min(CLASSES, place(rounded) + LARGER);
        for (int i = place(rounded); i < last && block == null; i++) {
            block = take(free[i]);
        }
        return block;
    }

    private Block take(ArrayDeque<Block> list) {
        synchronized (list) {
            var block = list.pollLast();
            if (block != null) {
                bytes.addAndGet(-block.bytes());
            }
            return block;
        }
    }

    void give(Block block) {
        var list = free[place(block.bytes())];
        synchronized (list) {
            list.addLast(block);
            bytes.addAndGet(block.bytes());
        }
        trim(Memory.cacheLimit());
    }

    long bytes() {
        return bytes.get();
    }

    /** Frees blocks, the oldest of the largest first, until no more than {@code most} bytes are kept. */
    void trim(long most) {
        trim(CLASSES, most);
    }

    /** Frees as many bytes of blocks that are smaller than {@code size}, the largest of them first. */
    void trimBelow(long size, long freed) {
        trim(place(size), Math.max(0, bytes.get() - freed));
    }

    private void trim(int end, long most) {
        for (int i = end - 1; i >= 0 && bytes.get() > most; i--) {
            while (bytes.get() > most) {
                Block block;
                synchronized (free[i]) {
                    block = free[i].pollFirst();
                    if (block == null) {
                        break;
                    }
                    bytes.addAndGet(-block.bytes());
                }
                block.free();
            }
        }
    }
}

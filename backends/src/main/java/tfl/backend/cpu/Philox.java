package tfl.backend.cpu;

import java.util.List;
import tfl.backend.Executable;
import tfl.kernel.Routine;
import tfl.tensor.NativeMemory;
import tfl.tensor.Tensor;
import tfl.tensor.TensorType;

/**
 * Philox 4x32-10 (Salmon et al., "Parallel random numbers: as easy as 1, 2, 3", 2011): element i is word
 * {@code i % 4} of the block at {@code counter + i / 4}, whoever computes it.
 */
final class Philox {
    private static final long MULTIPLIER_0 = 0xD2511F53L;
    private static final long MULTIPLIER_1 = 0xCD9E8D57L;
    private static final int WEYL_0 = 0x9E3779B9;
    private static final int WEYL_1 = 0xBB67AE85;
    private static final int ROUNDS = 10;
    private static final long LOW = 0xffffffffL;
    private static final long GRAIN = 1 << 12;

    private Philox() {}

    static Executable compile(Routine.Philox routine, List<TensorType> outputs) {
        return (tensors, donated) -> {
            var result = Tensor.allocate(outputs.getFirst());
            long size = result.size();
            long address = result.address();
            Workers.ranges(size / 4, GRAIN, (first, last) -> {
                for (long block = first; block < last; block++) {
                    block(routine.key(), routine.counter() + block, address + 16 * block);
                }
            });
            if (size % 4 != 0) {
                rest(routine.key(), routine.counter() + size / 4, address + size / 4 * 16, size % 4);
            }
            return new Tensor[] {result};
        };
    }

    private static void block(long key, long counter, long to) {
        int c0 = (int) counter;
        int c1 = (int) (counter >>> 32);
        int c2 = 0;
        int c3 = 0;
        int k0 = (int) key;
        int k1 = (int) (key >>> 32);
        for (int round = 0; round < ROUNDS; round++) {
            long p0 = MULTIPLIER_0 * (c0 & LOW);
            long p1 = MULTIPLIER_1 * (c2 & LOW);
            c0 = (int) (p1 >>> 32) ^ c1 ^ k0;
            c1 = (int) p1;
            c2 = (int) (p0 >>> 32) ^ c3 ^ k1;
            c3 = (int) p0;
            k0 += WEYL_0;
            k1 += WEYL_1;
        }
        NativeMemory.putInt(to, c0);
        NativeMemory.putInt(to + 4, c1);
        NativeMemory.putInt(to + 8, c2);
        NativeMemory.putInt(to + 12, c3);
    }

    private static void rest(long key, long counter, long to, long count) {
        try (var whole = Scratch.bytes(16)) {
            block(key, counter, whole.address());
            NativeMemory.copy(whole.address(), to, 4 * count);
        }
    }
}

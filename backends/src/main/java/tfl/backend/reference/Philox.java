package tfl.backend.reference;

import tfl.tensor.NativeMemory;
import tfl.tensor.Tensor;

/** Philox 4x32-10 (Salmon et al., "Parallel random numbers: as easy as 1, 2, 3", 2011). */
final class Philox {
    private static final int MULTIPLIER_0 = 0xD2511F53;
    private static final int MULTIPLIER_1 = 0xCD9E8D57;
    private static final int WEYL_0 = 0x9E3779B9;
    private static final int WEYL_1 = 0xBB67AE85;
    private static final int ROUNDS = 10;

    private Philox() {}

    /** Four words of random bits for a counter of four words and a key of two. */
    static int[] block(int[] counter, int[] key) {
        var c = counter.clone();
        int k0 = key[0];
        int k1 = key[1];
        for (int round = 0; round < ROUNDS; round++) {
            long p0 = Integer.toUnsignedLong(MULTIPLIER_0) * Integer.toUnsignedLong(c[0]);
            long p1 = Integer.toUnsignedLong(MULTIPLIER_1) * Integer.toUnsignedLong(c[2]);
            c = new int[] {(int) (p1 >>> 32) ^ c[1] ^ k0, (int) p1, (int) (p0 >>> 32) ^ c[3] ^ k1, (int) p0};
            k0 += WEYL_0;
            k1 += WEYL_1;
        }
        return c;
    }

    /** Element i is word {@code i % 4} of the block at {@code counter + i / 4}; the counter's upper half is zero. */
    static void fill(long key, long counter, Tensor output) {
        var keys = new int[] {(int) key, (int) (key >>> 32)};
        for (long i = 0; i < output.size(); i += 4) {
            long at = counter + i / 4;
            var words = block(new int[] {(int) at, (int) (at >>> 32), 0, 0}, keys);
            for (int k = 0; k < 4 && i + k < output.size(); k++) {
                NativeMemory.putInt(output.address(i + k), words[k]);
            }
        }
    }
}

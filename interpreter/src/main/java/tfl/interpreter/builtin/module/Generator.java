package tfl.interpreter.builtin.module;

import java.util.Set;
import tfl.interpreter.builtin.table.Call;
import tfl.interpreter.value.RecordLayout;
import tfl.interpreter.value.StructType;
import tfl.interpreter.value.StructValue;
import tfl.primitive.PhiloxBits;
import tfl.tensor.Shape;

/**
 * Where random words come from: a 64-bit key of the counter-based generator Philox 4x32-10, and the next
 * block. The session has one, which {@code seed} sets; a draw with {@code key=} starts at block 0 of that
 * key.
 */
public final class Generator {
    /** What {@code rng(7)} gives. The key is no number to differentiate. */
    private static final StructType KEY = keyType();
    // Blocks from here on make new keys, so that they never meet the blocks that draws use.
    private static final long SPLITS = 1L << 62;
    private static final long FOLDS = 1L << 63;

    private long key = mixed(System.nanoTime() ^ Long.rotateLeft(System.currentTimeMillis(), 32));
    private long block;

    /** The session's generator starts again from a seed. */
    synchronized void seed(long seed) {
        key = mixed(seed);
        block = 0;
    }

    private synchronized PhiloxBits take(long words) {
        long first = block;
        block += blocks(words);
        return bits(key, first, words);
    }

    /** Words for one draw: from the key that the argument is, or from the session's generator for none. */
    static PhiloxBits draw(Call call, int keyIndex, long words) {
        if (call.isNone(keyIndex)) {
            return call.context().session().state(Generator.class, Generator::new).take(words);
        }
        return bits(keyBits(call, keyIndex), 0, words);
    }

    /** Words of a key's later rounds, for draws that need several. */
    static PhiloxBits draw(Call call, int keyIndex, long words, long round) {
        return call.isNone(keyIndex) ? draw(call, keyIndex, words)
                : bits(keyBits(call, keyIndex), round * blocks(words), words);
    }

    private static PhiloxBits bits(long key, long block, long words) {
        return new PhiloxBits(key, block, Shape.of(words));
    }

    private static long blocks(long words) {
        return (words + 3) / 4;
    }

    // Keys

    private static StructType keyType() {
        return new StructType("Key", RecordLayout.of("bits"), Set.of("bits"),
                "A key of the random generator.");
    }

    static StructValue key(long bits) {
        return new StructValue(KEY, new Object[] {bits});
    }

    /** A key from a seed; near seeds give unlike keys. */
    static StructValue ofSeed(long seed) {
        return key(mixed(seed));
    }

    /** The i-th of the keys that a key splits into. */
    static StructValue split(long key, long index) {
        return key(word(key, SPLITS | index));
    }

    /** A key made of a key and a number. */
    static StructValue fold(long key, long number) {
        return key(word(key ^ mixed(number), FOLDS));
    }

    static long keyBits(Call call, int index) {
        if (call.value(index) instanceof StructValue struct && struct.type() == KEY) {
            return (Long) struct.get(0);
        }
        if (call.value(index) instanceof Long seed) {
            return mixed(seed);
        }
        throw call.wrong(index, "a key such as rng(7)");
    }

    private static long word(long key, long block) {
        int[] words = PhiloxBits.block(key, block);
        return (long) words[1] << 32 | Integer.toUnsignedLong(words[0]);
    }

    // The finisher of SplitMix64 (Steele, Lea, Flood: Fast splittable pseudorandom number generators, 2014).
    private static long mixed(long seed) {
        long z = seed + 0x9E3779B97F4A7C15L;
        z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return z ^ z >>> 31;
    }
}

package tfl.interpreter.builtin;

import java.util.function.Supplier;
import tfl.primitive.PhiloxBits;

/**
 * The randomness of one element of a stream. What a step's function draws without a key comes from a generator of the
 * element's own, so that neither the number of threads nor the order of their work changes what is drawn.
 */
public final class ElementKey {
    private static final ThreadLocal<ElementKey> CURRENT = new ThreadLocal<>();
    // A block that no draw reaches: draws count up from block 0.
    private static final long FOLDS = 3L << 62;

    private final long key;
    private Object generator;

    private ElementKey(long key) {
        this.key = key;
    }

    /** Does a piece of work whose draws come from the generator with that key. */
    public static <T> T within(long key, Supplier<T> work) {
        var outer = CURRENT.get();
        CURRENT.set(new ElementKey(key));
        try {
            return work.get();
        } finally {
            CURRENT.set(outer);
        }
    }

    /** The one that this thread works with, or null for the session's. */
    public static ElementKey current() {
        return CURRENT.get();
    }

    public long key() {
        return key;
    }

    /** The generator that was kept here, or null. */
    public Object generator() {
        return generator;
    }

    /** Keeps a generator for the next draws of the element. */
    public void keep(Object newGenerator) {
        generator = newGenerator;
    }

    /** The key of the {@code number}-th element of what has that key. */
    public static long fold(long key, long number) {
        return word(key ^ Long.rotateLeft(number * 0x9E3779B97F4A7C15L, 17), FOLDS | number & 0xFFFFFFFFL);
    }

    /** A whole number from 0 up to but not including {@code end}, the {@code number}-th drawn from that key. */
    public static int draw(long key, long number, int end) {
        return (int) Math.unsignedMultiplyHigh(word(key, number), end);
    }

    private static long word(long key, long block) {
        int[] words = PhiloxBits.block(key, block);
        return (long) words[1] << 32 | Integer.toUnsignedLong(words[0]);
    }
}

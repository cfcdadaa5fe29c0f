package tfl.backend.cpu;

import java.util.Arrays;
import tfl.tensor.NativeMemory;

/**
 * Least-significant-digit radix sort of unsigned numbers in native memory, stable, some bits a pass, each
 * pass shared by the workers: every part counts its digits, then writes to the places that its counts
 * reserve.
 */
final class RadixSort {
    /** Bits of a pass: a bucket for each digit must have its line in the cache and its page in the TLB. */
    private static final int DIGIT = 11;
    private static final int WIDE_DIGIT = 8;
    private static final long GRAIN = 1 << 15;
    /** Elements between two looks at whether to go on. */
    private static final long STRETCH = 1 << 20;

    private final boolean wide;
    private final long count;
    private final int parts;
    private final int digit;
    private final int mask;
    private final int[][] counts;
    private final Thread caller = Thread.currentThread();

    private RadixSort(boolean wide, long count) {
        this.wide = wide;
        this.count = count;
        this.parts = Math.clamp(count / GRAIN, 1, Workers.count());
        this.digit = wide ? WIDE_DIGIT : DIGIT;
        this.mask = (1 << digit) - 1;
        this.counts = new int[parts][mask + 1];
    }

    /**
     * Sorts ints (or longs, if wide) by their bits from {@code lowest} up; fewer than 2^31 of them.
     *
     * @param spare as much room again
     * @return where the sorted ones lie, one of the two
     */
    static long sort(boolean wide, long address, long spare, long count, int lowest) {
        var sort = new RadixSort(wide, count);
        long from = address;
        long to = spare;
        for (int shift = lowest; shift < (wide ? 64 : 32); shift += sort.digit) {
            if (sort.pass(from, to, shift)) {
                long sorted = to;
                to = from;
                from = sorted;
            }
        }
        return from;
    }

    /** Whether anything was moved: a digit that is the same everywhere needs no pass. */
    private boolean pass(long from, long to, int shift) {
        Workers.run(parts, part -> count(counts[part], from, count * part / parts,
                count * (part + 1) / parts, shift));
        int place = 0;
        for (int bucket = 0; bucket <= mask; bucket++) {
            int start = place;
            for (int part = 0; part < parts; part++) {
                int here = counts[part][bucket];
                counts[part][bucket] = place;
                place += here;
            }
            if (place - start == count) {
                return false;
            }
        }
        Workers.run(parts, part -> move(counts[part], from, to, count * part / parts,
                count * (part + 1) / parts, shift));
        return true;
    }

    private void count(int[] counts, long from, long start, long end, int shift) {
        Arrays.fill(counts, 0);
        for (long first = start; first < end; first += STRETCH) {
            Workers.check(caller);
            long last = Math.min(end, first + STRETCH);
            if (wide) {
                countLongs(counts, from, first, last, shift, mask);
            } else {
                countInts(counts, from, first, last, shift, mask);
            }
        }
    }

    private void move(int[] places, long from, long to, long start, long end, int shift) {
        for (long first = start; first < end; first += STRETCH) {
            Workers.check(caller);
            long last = Math.min(end, first + STRETCH);
            if (wide) {
                moveLongs(places, from, to, first, last, shift, mask);
            } else {
                moveInts(places, from, to, first, last, shift, mask);
            }
        }
    }

    private static void countLongs(int[] counts, long from, long start, long end, int shift, int mask) {
        for (long i = start; i < end; i++) {
            counts[(int) (NativeMemory.getLong(from + 8 * i) >>> shift) & mask]++;
        }
    }

    private static void countInts(int[] counts, long from, long start, long end, int shift, int mask) {
        for (long i = start; i < end; i++) {
            counts[NativeMemory.getInt(from + 4 * i) >>> shift & mask]++;
        }
    }

    private static void moveLongs(int[] places, long from, long to, long start, long end, int shift,
            int mask) {
        for (long i = start; i < end; i++) {
            long value = NativeMemory.getLong(from + 8 * i);
            NativeMemory.putLong(to + 8L * places[(int) (value >>> shift) & mask]++, value);
        }
    }

    private static void moveInts(int[] places, long from, long to, long start, long end, int shift,
            int mask) {
        for (long i = start; i < end; i++) {
            int value = NativeMemory.getInt(from + 4 * i);
            NativeMemory.putInt(to + 4L * places[value >>> shift & mask]++, value);
        }
    }
}

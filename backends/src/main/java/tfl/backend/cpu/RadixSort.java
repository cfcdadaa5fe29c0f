package tfl.backend.cpu;

import java.util.Arrays;
import tfl.tensor.NativeMemory;

/**
 * Least-significant-digit radix sort of unsigned numbers in native memory, stable, 11 bits a pass, each pass shared by the
 * workers: every part counts its digits, then writes to the places that its counts reserve.
 */
final class RadixSort {
    private static final int DIGIT = 11;
    private static final int BUCKETS = 1 << DIGIT;
    private static final long GRAIN = 1 << 15;

    private final boolean wide;
    private final long count;
    private final int parts;
    private final int[][] counts;

    private RadixSort(boolean wide, long count) {
        this.wide = wide;
        this.count = count;
        this.parts = Math.clamp(count / GRAIN, 1, Workers.count());
        this.counts = new int[parts][BUCKETS];
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
        for (int shift = lowest; shift < (wide ? 64 : 32); shift += DIGIT) {
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
        Workers.run(parts, part -> count(counts[part], from, count * part / parts, count * (part + 1) / parts, shift));
        int place = 0;
        for (int digit = 0; digit < BUCKETS; digit++) {
            int start = place;
            for (int part = 0; part < parts; part++) {
                int here = counts[part][digit];
                counts[part][digit] = place;
                place += here;
            }
            if (place - start == count) {
                return false;
            }
        }
        Workers.run(parts, part -> move(counts[part], from, to, count * part / parts, count * (part + 1) / parts, shift));
        return true;
    }

    private void count(int[] counts, long from, long start, long end, int shift) {
        Arrays.fill(counts, 0);
        if (wide) {
            for (long i = start; i < end; i++) {
                counts[(int) (NativeMemory.getLong(from + 8 * i) >>> shift) & BUCKETS - 1]++;
            }
        } else {
            for (long i = start; i < end; i++) {
                counts[NativeMemory.getInt(from + 4 * i) >>> shift & BUCKETS - 1]++;
            }
        }
    }

    private void move(int[] places, long from, long to, long start, long end, int shift) {
        if (wide) {
            for (long i = start; i < end; i++) {
                long value = NativeMemory.getLong(from + 8 * i);
                NativeMemory.putLong(to + 8L * places[(int) (value >>> shift) & BUCKETS - 1]++, value);
            }
        } else {
            for (long i = start; i < end; i++) {
                int value = NativeMemory.getInt(from + 4 * i);
                NativeMemory.putInt(to + 4L * places[value >>> shift & BUCKETS - 1]++, value);
            }
        }
    }
}

package tfl.backend.cpu;

import java.util.ArrayList;
import java.util.List;

/**
 * What one thread does at a time of several kernels: some whole ones, a part of a large one, or both.
 *
 * @param ranges in the order of the kernels
 */
record Chunk(List<Range> ranges) {
    /** Grains that are worth no other thread, as in {@link Split}. */
    private static final int ALONE = 2;
    /** Of a chunk, what is too little to begin another kernel for. */
    private static final double REST = 1 / 16.0;

    /** The units of a kernel from {@code begin} to before {@code end}. */
    record Range(int kernel, long begin, long end) {}

    /**
     * Cuts kernels of so many units into chunks that take about as long; each kernel begins where it would alone, so
     * that its vectors hold the same units.
     *
     * @param grains of each kernel, how many units are worth another thread
     */
    static List<Chunk> of(long[] sizes, long[] grains, int threads) {
        double all = 0;
        for (int k = 0; k < sizes.length; k++) {
            all += (double) sizes[k] / grains[k];
        }
        double each = all <= ALONE ? Double.MAX_VALUE : Math.clamp(all / (threads * Split.CHUNKS), 1, Split.LONGEST);
        var chunks = new ArrayList<Chunk>();
        var ranges = new ArrayList<Range>();
        double room = each;
        for (int k = 0; k < sizes.length; k++) {
            for (long begin = 0; begin < sizes[k];) {
                long end = end(begin, sizes[k], room * grains[k]);
                ranges.add(new Range(k, begin, end));
                room -= (double) (end - begin) / grains[k];
                if (room < each * REST) {
                    chunks.add(new Chunk(List.copyOf(ranges)));
                    ranges.clear();
                    room = each;
                }
                begin = end;
            }
        }
        if (!ranges.isEmpty()) {
            chunks.add(new Chunk(List.copyOf(ranges)));
        }
        return List.copyOf(chunks);
    }

    /** Where a range of a kernel ends of which so many units find room. */
    private static long end(long begin, long size, double fitting) {
        if (fitting >= size - begin) {
            return size;
        }
        return Math.min(size, begin + Math.ceilDiv((long) fitting + 1, Split.ALIGNMENT) * Split.ALIGNMENT);
    }
}

package tfl.tensor;

import java.util.Arrays;

/**
 * The free stretches of a range, by place. A request takes the smallest that is large enough; the one at the end only
 * where no other is, so that where things come to lie does not depend on how far the range goes.
 */
public final class Holes {
    /** What a request is rounded up to: a cache line. */
    private static final long LINE = 64;

    private final long end;
    private long[] starts = new long[8];
    private long[] ends = new long[8];
    private int count;
    private long used;

    /** A range of so many bytes, all of them free. */
    public Holes(long bytes) {
        this.end = bytes & -LINE;
        if (end > 0) {
            starts[0] = 0;
            ends[0] = end;
            count = 1;
        }
    }

    static long rounded(long bytes) {
        return Math.max(LINE, bytes + LINE - 1 & -LINE);
    }

    /** Where so many bytes lie from now on, or -1 if no stretch is so long. */
    public long take(long bytes) {
        long size = rounded(bytes);
        int best = -1;
        for (int k = 0; k < count; k++) {
            long length = ends[k] - starts[k];
            if (length >= size && (best < 0 || ends[k] < end && length < ends[best] - starts[best])) {
                best = k;
            }
        }
        if (best < 0) {
            return -1;
        }
        long place = starts[best];
        starts[best] += size;
        if (starts[best] == ends[best]) {
            remove(best);
        }
        used = Math.max(used, place + size);
        return place;
    }

    /** Frees what {@link #take} gave for that many bytes. */
    public void give(long place, long bytes) {
        long until = place + rounded(bytes);
        int next = after(place);
        boolean joinsNext = next < count && starts[next] == until;
        if (next > 0 && ends[next - 1] == place) {
            ends[next - 1] = joinsNext ? ends[next] : until;
            if (joinsNext) {
                remove(next);
            }
        } else if (joinsNext) {
            starts[next] = place;
        } else {
            insert(next, place, until);
        }
    }

    /** How much of the range was in use at most, from its start. */
    public long used() {
        return used;
    }

    /** The first stretch behind a place. */
    private int after(long place) {
        int found = Arrays.binarySearch(starts, 0, count, place);
        return found < 0 ? ~found : found;
    }

    private void insert(int at, long start, long until) {
        if (count == starts.length) {
            starts = Arrays.copyOf(starts, 2 * count);
            ends = Arrays.copyOf(ends, 2 * count);
        }
        System.arraycopy(starts, at, starts, at + 1, count - at);
        System.arraycopy(ends, at, ends, at + 1, count - at);
        starts[at] = start;
        ends[at] = until;
        count++;
    }

    private void remove(int at) {
        count--;
        System.arraycopy(starts, at + 1, starts, at, count - at);
        System.arraycopy(ends, at + 1, ends, at, count - at);
    }
}

package tfl.backend.cpu;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * The tasks of a job as one range for each thread. A thread takes the front of its own range, and once that is empty
 * the back of another's. So the same thread meets the same part of the data in one job after the other and finds it in
 * its own cache; where processors have no cache in common, fetching it from the other's takes longer than a small job.
 * The scheme is the static schedule of OpenMP with the stealing of Blumofe and Leiserson (1999).
 */
final class TaskRanges {
    /** Longs between two ranges: 128 bytes, two lines, since processors fetch lines in pairs. */
    private static final int STRIDE = 16;

    private final int threads;
    /** For each thread its first task in the upper half of a long, the task behind its last in the lower half. */
    private final AtomicLongArray ranges;

    TaskRanges(int tasks, int threads) {
        this.threads = Math.min(tasks, threads);
        this.ranges = new AtomicLongArray((this.threads + 1) * STRIDE);
        for (int i = 0; i < this.threads; i++) {
            ranges.setPlain((i + 1) * STRIDE, pack(boundary(tasks, i), boundary(tasks, i + 1)));
        }
    }

    private int boundary(int tasks, int thread) {
        return (int) ((long) tasks * thread / threads);
    }

    private static long pack(int first, int end) {
        return (long) first << 32 | end;
    }

    /** A task that nobody has taken yet, or -1 if there is none and never will be. */
    int take(int thread) {
        int task = thread < threads ? take(thread, true) : -1;
        for (int other = thread + 1; task < 0 && other < thread + threads + 1; other++) {
            task = take(other % threads, false);
        }
        return task;
    }

    /** The first or the last task of a thread's range, -1 if it is empty. */
    private int take(int thread, boolean front) {
        int place = (thread + 1) * STRIDE;
        while (true) {
            long range = ranges.get(place);
            int first = (int) (range >>> 32);
            int end = (int) range;
            if (first >= end) {
                return -1;
            }
            if (ranges.compareAndSet(place, range, front ? pack(first + 1, end) : pack(first, end - 1))) {
                return front ? first : end - 1;
            }
        }
    }
}

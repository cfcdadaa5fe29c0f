package tfl.stdlib.data;

/**
 * How many threads a step has and how many elements it keeps ready. Fixed numbers stay; {@code "auto"} starts small,
 * grows while who reads has to wait, and keeps within its budget of memory.
 */
final class Tuning {
    /** How many elements are read between two changes. */
    private static final int PACE = 8;
    private static final int MOST_ELEMENTS = 512;
    private static final int READY_PER_THREAD = 4;

    private final boolean tunesThreads;
    private final boolean tunesBuffer;
    private final int mostThreads;
    private final Walk walk;
    private int threads;
    private int capacity;
    private int read;
    private int waited;
    /** Whether the buffer has been full since it grew: one that never fills would not help if it were larger. */
    private boolean filled;

    private Tuning(Walk walk, boolean tunesThreads, boolean tunesBuffer, int threads, int capacity) {
        this.walk = walk;
        this.tunesThreads = tunesThreads;
        this.tunesBuffer = tunesBuffer;
        this.threads = threads;
        this.capacity = capacity;
        this.mostThreads = Math.max(1, Runtime.getRuntime().availableProcessors());
        if (tunesThreads || tunesBuffer) {
            walk.addTuned();
        }
    }

    /** A function on so many threads; 0 stands for {@code "auto"}. */
    static Tuning ofThreads(Walk walk, int threads) {
        int start = threads > 0 ? threads : Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
        return new Tuning(walk, threads == 0, false, start, READY_PER_THREAD * start);
    }

    /** One thread that keeps so many elements ready; 0 stands for {@code "auto"}. */
    static Tuning ofBuffer(Walk walk, int elements) {
        return new Tuning(walk, false, elements == 0, 1, elements > 0 ? elements : 2);
    }

    int threads() {
        return threads;
    }

    int capacity() {
        return capacity;
    }

    /**
     * One more element was read.
     *
     * @param didWait whether who reads had to wait for it
     * @param ready how many elements are under way or ready
     * @param bytes of those that are ready
     */
    void tune(boolean didWait, int ready, long bytes) {
        read++;
        waited += didWait ? 1 : 0;
        filled |= ready >= capacity;
        if (read == PACE) {
            change(ready, bytes);
            read = 0;
            waited = 0;
        }
    }

    private void change(int ready, long bytes) {
        boolean isHungry = waited > PACE / 4;
        long each = Math.max(1, bytes / Math.max(1, ready));
        boolean fits = each * capacity * 2 <= walk.budget();
        if (tunesThreads) {
            if (isHungry && threads < mostThreads && fits) {
                threads++;
            } else if (waited == 0 && ready >= capacity && threads > 1) {
                threads--;
            }
            capacity = READY_PER_THREAD * threads;
        } else if (tunesBuffer) {
            if (isHungry && filled && capacity < MOST_ELEMENTS && fits) {
                capacity *= 2;
                filled = false;
            } else if (each * capacity > walk.budget() && capacity > 1) {
                capacity /= 2;
            }
        }
    }
}

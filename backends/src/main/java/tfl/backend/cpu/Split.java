package tfl.backend.cpu;

/**
 * Cuts a kernel's work into chunks for the threads, and looks between chunks whether it should still go on.
 */
final class Split {
    /** Chunks for each thread: a thread that the system holds up then does fewer. */
    static final int CHUNKS = 4;
    /** Grains of the longest chunk: an interrupt is seen between two of them. */
    static final int LONGEST = 32;
    /** Chunks begin at multiples of this many units. */
    static final long ALIGNMENT = 64;

    private Split() {}

    /**
     * Runs {@code code} over {@code size} units.
     *
     * @param grain the least that is worth another thread, about 10 to 20 microseconds of work
     * @throws tfl.backend.KernelCancelled if the calling thread is interrupted meanwhile
     */
    static void run(KernelCode code, long arguments, long size, long grain) {
        if (size <= 2 * grain) {
            code.run(arguments, 0, size);
            return;
        }
        long step = chunk(size, grain, Workers.count());
        var caller = Thread.currentThread();
        Workers.run(Math.toIntExact((size + step - 1) / step), part -> {
            Workers.check(caller);
            code.run(arguments, part * step, Math.min(size, (part + 1) * step));
        });
    }

    /** The size of a chunk, from a grain to {@link #LONGEST}, such that each thread has as many of them. */
    static long chunk(long size, long grain, int threads) {
        long each = Math.clamp(size / (grain * threads), 1, CHUNKS);
        each = Math.max(each, Math.ceilDiv(size, LONGEST * grain * threads));
        long chunk = Math.max(Math.ceilDiv(size, each * threads), grain);
        return chunk < ALIGNMENT ? chunk : Math.ceilDiv(chunk, ALIGNMENT) * ALIGNMENT;
    }
}

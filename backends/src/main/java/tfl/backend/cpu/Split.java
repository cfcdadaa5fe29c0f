package tfl.backend.cpu;

/**
 * Cuts a kernel's work into chunks for the threads, and looks between chunks whether it should still go on.
 */
final class Split {
    /** Chunks for each thread: a thread that the system holds up then does fewer. */
    private static final int CHUNKS = 4;
    /** Chunks begin at multiples of this many units. */
    private static final long ALIGNMENT = 64;

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

    /** The size of a chunk: so that each thread has as many, where that leaves chunks of {@code grain}. */
    static long chunk(long size, long grain, int threads) {
        long each = Math.clamp(size / (grain * threads), 1, CHUNKS);
        each = Math.max(each, (size + 32 * grain * threads - 1) / (32 * grain * threads));
        long chunk = Math.max((size + each * threads - 1) / (each * threads), grain);
        return chunk < ALIGNMENT ? chunk : (chunk + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }
}

package tfl.backend;

/**
 * What a thread does now and then while it is busy in kernels, where it runs none of the program's code: what its
 * engine asks of it meanwhile, such as saying what it is at.
 */
public final class KernelPause {
    private static final long NANOSECONDS = 1_000_000;
    private static volatile Runnable pause = () -> {};
    // Shared by all threads, and no harm if one takes the turn of another.
    private static long last;

    private KernelPause() {}

    /** From now on a pause is that: it must be short, and run no program. */
    public static void set(Runnable newPause) {
        pause = newPause;
    }

    /**
     * Pauses, if there was no pause just now. Called between two parts of a kernel, by the thread that wants it.
     *
     * @throws RuntimeException or an error, where the engine stops the thread
     */
    public static void take() {
        long now = System.nanoTime();
        if (now - last >= NANOSECONDS && !Uncancelled.isRunBy(Thread.currentThread())) {
            last = now;
            pause.run();
        }
    }
}

package tfl.backend;

/**
 * A kernel stopped between two chunks of its work because the thread that ran it was interrupted, whose
 * interrupted status stays set, or because the process is ending. The outputs were given up.
 */
public final class KernelCancelled extends RuntimeException {
    public KernelCancelled() {
        super("a kernel was interrupted", null, false, false);
    }

    /**
     * Between two kernels: whether the thread should still go on.
     *
     * @throws KernelCancelled if it is interrupted
     */
    public static void check() {
        if (isWanted(Thread.currentThread())) {
            throw new KernelCancelled();
        }
    }

    /** Whether what that thread runs should stop between two parts of its work. */
    public static boolean isWanted(Thread thread) {
        return thread.isInterrupted() && !Uncancelled.isRunBy(thread);
    }
}

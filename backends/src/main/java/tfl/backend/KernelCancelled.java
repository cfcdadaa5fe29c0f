package tfl.backend;

/**
 * A kernel stopped between two chunks of its work because the thread that ran it was interrupted. The
 * thread's interrupted status stays set; the outputs were given up.
 */
public final class KernelCancelled extends RuntimeException {
    public KernelCancelled() {
        super("a kernel was interrupted", null, false, false);
    }
}

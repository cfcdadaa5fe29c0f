package tfl.backend;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Kernels that run to their end once they have begun: they write over what their caller would still have, were they
 * stopped. An interrupt is seen when they are done.
 */
public final class Uncancelled {
    private static final Set<Thread> THREADS = ConcurrentHashMap.newKeySet();

    private Uncancelled() {}

    /** Runs kernels that nothing stops. They should be few: nobody is answered meanwhile. */
    public static void run(Runnable kernels) {
        var thread = Thread.currentThread();
        boolean outermost = THREADS.add(thread);
        try {
            kernels.run();
        } finally {
            if (outermost) {
                THREADS.remove(thread);
            }
        }
    }

    /** Whether that thread runs such kernels now. */
    public static boolean isRunBy(Thread thread) {
        return !THREADS.isEmpty() && THREADS.contains(thread);
    }
}

package tfl.lower;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/** The thread that fuses and compiles graphs while programs run. */
final class BackgroundCompiler {
    private static final long PATIENCE_SECONDS = 3;
    private static final ExecutorService THREAD = Executors.newSingleThreadExecutor(work -> {
        var thread = new Thread(work, "tfl-graph-compiler");
        thread.setDaemon(true);
        thread.setPriority(Thread.MIN_PRIORITY);
        return thread;
    });

    static {
        // The compiler library must not be unloaded under a compilation, so the end of the process waits for it.
        Runtime.getRuntime().addShutdownHook(new Thread(BackgroundCompiler::finish, "tfl-graph-compiler-end"));
    }

    private BackgroundCompiler() {}

    static void submit(Runnable work) {
        try {
            THREAD.execute(work);
        } catch (RejectedExecutionException ending) {
            // The process ends; what would have been compiled runs unfused until then.
            Thread.onSpinWait();
        }
    }

    private static void finish() {
        THREAD.shutdownNow();
        try {
            THREAD.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }
}

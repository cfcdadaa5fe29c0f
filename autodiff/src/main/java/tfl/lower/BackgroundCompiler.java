package tfl.lower;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The thread that fuses and compiles graphs while programs run. */
final class BackgroundCompiler {
    private static final long PATIENCE_SECONDS = 3;
    private static final ThreadPoolExecutor THREAD = new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(), BackgroundCompiler::thread, new ThreadPoolExecutor.DiscardPolicy());

    static {
        // The compiler library must not be unloaded under a compilation, so the end of the process waits for it.
        Runtime.getRuntime().addShutdownHook(new Thread(BackgroundCompiler::finish, "tfl-graph-compiler-end"));
    }

    private BackgroundCompiler() {}

    private static Thread thread(Runnable work) {
        var thread = new Thread(work, "tfl-graph-compiler");
        thread.setDaemon(true);
        thread.setPriority(Thread.MIN_PRIORITY);
        return thread;
    }

    static void submit(Runnable work) {
        // Where the process ends, the work is dropped: what it would have compiled runs unfused until then.
        THREAD.execute(work);
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

package tfl.backend;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** The thread that fuses graphs and compiles kernels while programs run. */
public final class BackgroundCompiler {
    private static final long PATIENCE_SECONDS = 3;
    private static final long STACK_BYTES = 16L << 20;
    private static final ThreadPoolExecutor THREAD = new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(), BackgroundCompiler::thread, new ThreadPoolExecutor.DiscardPolicy());

    static {
        // The compiler library must not be unloaded under a compilation, so the end of the process waits for it.
        Runtime.getRuntime().addShutdownHook(new Thread(BackgroundCompiler::finish, "tfl-compiler-end"));
    }

    private BackgroundCompiler() {}

    private static Thread thread(Runnable work) {
        var thread = new Thread(null, work, "tfl-compiler", STACK_BYTES);
        thread.setDaemon(true);
        // Behind the program's threads, before the JVM's own compilers, which would take it twice as long otherwise.
        thread.setPriority(Thread.NORM_PRIORITY - 1);
        return thread;
    }

    /**
     * Does the work there, some time, after what was submitted before. Where the process ends it is dropped: what it
     * would have compiled runs as before until then.
     */
    public static void submit(Runnable work) {
        THREAD.execute(work);
    }

    /** Does the work on a thread with as deep a stack, for large graphs go deep, and waits for it. */
    public static <T> T await(Supplier<T> work) {
        var result = new CompletableFuture<T>();
        thread(() -> {
            try {
                result.complete(work.get());
            } catch (RuntimeException | Error problem) {
                result.completeExceptionally(problem);
            }
        }).start();
        try {
            return result.join();
        } catch (CompletionException failed) {
            switch (failed.getCause()) {
                case RuntimeException problem -> throw problem;
                case Error problem -> throw problem;
                default -> throw failed;
            }
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

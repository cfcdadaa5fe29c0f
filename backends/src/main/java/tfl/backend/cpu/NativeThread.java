package tfl.backend.cpu;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntConsumer;

/**
 * The one thread from which libraries are called that need much stack: LAPACK (OpenBLAS's parallel LU takes
 * megabytes) and oneDNN's compiler. An overflow in native code ends the process; here the stack is known,
 * however deep the caller is.
 */
final class NativeThread {
    private static final long STACK_BYTES = 32L << 20;
    /** From this many rows on OpenBLAS's own threads pay. */
    private static final long PARALLEL_ROWS = 200;
    private static final ExecutorService THREAD = Executors.newSingleThreadExecutor(work -> {
        var thread = new Thread(null, work, "tfl-native", STACK_BYTES);
        thread.setDaemon(true);
        return thread;
    });

    private NativeThread() {}

    /** Runs the task there and waits for it; it may look whether the caller is interrupted, and give up. */
    static void run(Runnable task) {
        var end = CompletableFuture.runAsync(task, THREAD);
        try {
            await(end);
            end.join();
        } catch (CompletionException wrapped) {
            switch (wrapped.getCause()) {
                case RuntimeException unchecked -> throw unchecked;
                case Error error -> throw error;
                default -> throw wrapped;
            }
        }
    }

    // Waiting takes the interrupt away from the thread; the task must see it.
    private static void await(CompletableFuture<Void> end) {
        try {
            end.get();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            while (!end.isDone()) {
                Thread.yield();
            }
        } catch (ExecutionException failed) {
            // join throws it.
        }
    }

    /**
     * Runs {@code task(0)} to {@code task(tasks - 1)} of LAPACK there: large matrices one after the other
     * with OpenBLAS's threads, many small ones on our workers, whose stacks are as large.
     *
     * @param rows the larger side of the matrices
     */
    static void runLapack(int tasks, long rows, IntConsumer task) {
        run(() -> here(tasks, rows, task));
    }

    private static void here(int tasks, long rows, IntConsumer task) {
        if (rows < PARALLEL_ROWS) {
            // A matrix of 8 rows is done before another thread has woken up.
            int groups = (int) Math.clamp(tasks * rows * rows * rows >> 12, 1, 4L * Workers.count());
            Workers.run(groups, group -> {
                for (int i = (int) ((long) tasks * group / groups); i < (long) tasks * (group
                        + 1) / groups; i++) {
                    task.accept(i);
                }
            });
            return;
        }
        OpenBlas.setThreads(Workers.count());
        try {
            for (int i = 0; i < tasks; i++) {
                task.accept(i);
            }
        } finally {
            OpenBlas.setThreads(1);
        }
    }
}

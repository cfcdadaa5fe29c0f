package tfl.backend.cpu;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntConsumer;
import tfl.backend.KernelCancelled;

/**
 * The thread from which libraries are called that need much stack: LAPACK (OpenBLAS's parallel LU takes
 * megabytes) and oneDNN's compiler. An overflow in native code ends the process; here the stack is known,
 * however deep the caller is. A call of LAPACK can take minutes and knows no interrupt: the caller that is
 * interrupted leaves it, another thread takes the place, and the one that was left ends with its call.
 */
final class NativeThread {
    private static final long STACK_BYTES = 32L << 20;
    /** From this many rows on OpenBLAS's own threads pay. */
    private static final long PARALLEL_ROWS = 200;
    private static ExecutorService thread = start();
    private static int callsInParallel;

    private NativeThread() {}

    private static ExecutorService start() {
        return Executors.newSingleThreadExecutor(work -> {
            var started = new Thread(null, work, "tfl-native", STACK_BYTES);
            started.setDaemon(true);
            return started;
        });
    }

    /** Runs the task there and waits for its end, also when interrupted. */
    static void run(Runnable task) {
        var end = CompletableFuture.runAsync(task, current());
        try {
            await(end);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            while (!end.isDone()) {
                Thread.yield();
            }
        }
        join(end);
    }

    /**
     * Runs {@code task(0)} to {@code task(tasks - 1)} of LAPACK there: large matrices one after the other
     * with OpenBLAS's threads, many small ones on our workers, whose stacks are as large.
     *
     * @param rows the larger side of the matrices
     * @param leave called if the caller is interrupted, who then waits no longer: from its return on the
     *     tasks may touch nothing of the caller's
     * @throws KernelCancelled if the caller is interrupted
     */
    static void runLapack(int tasks, long rows, IntConsumer task, Runnable leave) {
        var executor = current();
        var end = CompletableFuture.runAsync(() -> here(tasks, rows, task), executor);
        try {
            await(end);
        } catch (InterruptedException stop) {
            leave.run();
            OpenBlas.leaveAtExit();
            replace(executor);
            Thread.currentThread().interrupt();
            throw new KernelCancelled();
        }
        join(end);
    }

    private static synchronized ExecutorService current() {
        return thread;
    }

    /** What waits behind the call that was left goes to another thread. */
    private static synchronized void replace(ExecutorService left) {
        if (thread == left) {
            thread = start();
            left.shutdownNow().forEach(thread::execute);
        }
    }

    private static void await(CompletableFuture<Void> end) throws InterruptedException {
        try {
            end.get();
        } catch (ExecutionException failed) {
            // join throws it.
        }
    }

    private static void join(CompletableFuture<Void> end) {
        try {
            end.join();
        } catch (CompletionException wrapped) {
            switch (wrapped.getCause()) {
                case RuntimeException unchecked -> throw unchecked;
                case Error error -> throw error;
                default -> throw wrapped;
            }
        }
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
        parallelCalls(1);
        try {
            for (int i = 0; i < tasks; i++) {
                task.accept(i);
            }
        } finally {
            parallelCalls(-1);
        }
    }

    /** OpenBLAS has its own threads from the first of such calls to the last. */
    private static synchronized void parallelCalls(int more) {
        boolean none = callsInParallel == 0;
        callsInParallel += more;
        if (none || callsInParallel == 0) {
            OpenBlas.setThreads(callsInParallel == 0 ? 1 : Workers.count());
        }
    }
}

package tfl.backend.cpu;

import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntConsumer;
import tfl.backend.KernelCancelled;
import tfl.backend.KernelPause;

/**
 * The thread from which libraries are called that need much stack: LAPACK (OpenBLAS's parallel LU takes
 * megabytes) and oneDNN's compiler. An overflow in native code ends the process; here the stack is known,
 * however deep the caller is. A call of LAPACK can take minutes and knows no interrupt: the caller that is
 * interrupted leaves it, another thread takes the place, and the one that was left ends with its call.
 */
final class NativeThread {
    private static final long STACK_BYTES = 32L << 20;
    private static final long PAUSE_MILLISECONDS = 2;
    /** From this many rows on OpenBLAS's own threads pay. */
    private static final long PARALLEL_ROWS = 200;
    private static ThreadPoolExecutor thread = start();
    private static int callsInParallel;

    private NativeThread() {}

    /** A task, and the thread that it waits for or runs on. */
    private record Submitted(ThreadPoolExecutor thread, CompletableFuture<Void> end) {}

    private static ThreadPoolExecutor start() {
        return new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(),
                work -> new KernelThread(work, "tfl-native", STACK_BYTES));
    }

    /**
     * Runs the task there and waits for its end, also when interrupted: the task has to look now and then whether its
     * caller is. One that still waits behind others is withdrawn.
     *
     * @throws KernelCancelled if the caller is interrupted
     */
    static void run(Runnable task) {
        var taken = new AtomicBoolean();
        var end = submit(() -> {
            if (taken.compareAndSet(false, true)) {
                task.run();
            }
        }).end();
        try {
            await(end);
        } catch (RuntimeException | Error stop) {
            if (!taken.compareAndSet(false, true)) {
                finish(end);
            }
            throw stop;
        }
        join(end);
    }

    /** Waits for the end of a task that is to stop, since it works on the caller's memory. */
    private static void finish(CompletableFuture<Void> end) {
        boolean interrupted = Thread.currentThread().isInterrupted();
        Thread.currentThread().interrupt();
        while (!end.isDone()) {
            Thread.yield();
        }
        if (!interrupted) {
            Thread.interrupted();
        }
    }

    /**
     * Runs {@code task(0)} to {@code task(tasks - 1)} of LAPACK there: large matrices one after the other
     * with OpenBLAS's threads, many small ones on our workers, whose stacks are as large.
     *
     * @param rows the larger side of the matrices
     * @param leave called if the caller is interrupted, who then waits no longer: from its return on the
     *     tasks may touch nothing of the caller's, and end when they next would
     * @throws KernelCancelled if the caller is interrupted
     */
    static void runLapack(int tasks, long rows, IntConsumer task, Runnable leave) {
        var begun = new AtomicBoolean();
        var submitted = submit(() -> {
            begun.set(true);
            here(tasks, rows, task);
        });
        try {
            await(submitted.end());
        } catch (RuntimeException | Error stop) {
            leave.run();
            // What begins after that ends at once.
            if (begun.get()) {
                OpenBlas.leaveAtExit();
                replace(submitted.thread());
            }
            throw stop;
        }
        join(submitted.end());
    }

    private static synchronized Submitted submit(Runnable task) {
        return new Submitted(thread, CompletableFuture.runAsync(task, thread));
    }

    /** What waits behind the call that was left goes to another thread. */
    private static synchronized void replace(ThreadPoolExecutor left) {
        if (thread == left) {
            thread = start();
            var waiting = new ArrayList<Runnable>();
            left.getQueue().drainTo(waiting);
            left.shutdown();
            waiting.forEach(thread::execute);
        }
    }

    /**
     * Waits for the end, with pauses.
     *
     * @throws KernelCancelled if the caller is interrupted, whose interrupted status stays set
     */
    private static void await(CompletableFuture<Void> end) {
        while (!end.isDone()) {
            try {
                end.get(PAUSE_MILLISECONDS, TimeUnit.MILLISECONDS);
            } catch (TimeoutException working) {
                KernelPause.take();
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
                throw new KernelCancelled();
            } catch (ExecutionException failed) {
                // join throws it.
            }
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

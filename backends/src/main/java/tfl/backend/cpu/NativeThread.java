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
    private static ThreadPoolExecutor thread = start();
    /** Calls that have OpenBLAS's threads or wait for them, and calls on their callers' threads. */
    private static int parallelCalls;
    private static int serialCalls;

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
     * Runs {@code task(0)} to {@code task(tasks - 1)} of LAPACK in so many groups on the caller and our
     * workers, each by one thread, unless OpenBLAS has its own threads now. Such calls need little stack
     * (docs/decisions/kernels.md), and a small one takes less time than another thread takes to wake up. None can
     * be left, so they are to be short.
     *
     * @return whether they ran
     * @throws KernelCancelled if the caller is interrupted
     */
    static boolean runSmallLapack(int tasks, int groups, IntConsumer task) {
        Workers.reserve();
        if (!enterSerial()) {
            return false;
        }
        try {
            runGroups(tasks, groups, task);
        } finally {
            leaveSerial();
        }
        return true;
    }

    private static void runGroups(int tasks, int groups, IntConsumer task) {
        var caller = Thread.currentThread();
        Workers.run(groups, group -> {
            for (int i = (int) ((long) tasks * group / groups); i < (long) tasks * (group + 1) / groups; i++) {
                Workers.check(caller);
                task.accept(i);
            }
        });
    }

    /**
     * Runs {@code task(0)} to {@code task(tasks - 1)} of LAPACK in so many groups on our workers, whose stacks are as
     * large, each by one thread.
     *
     * @param leave called if the caller is interrupted, who then waits no longer: from its return on the
     *     tasks may touch nothing of the caller's, and end when they next would
     * @throws KernelCancelled if the caller is interrupted
     */
    static void runLapack(int tasks, int groups, IntConsumer task, Runnable leave) {
        runLeaving(() -> runGroups(tasks, groups, task), leave);
    }

    /** The same one after the other, each by all of OpenBLAS's own threads. */
    static void runParallelLapack(int tasks, IntConsumer task, Runnable leave) {
        runLeaving(() -> {
            enterParallel();
            try {
                for (int i = 0; i < tasks; i++) {
                    task.accept(i);
                }
            } finally {
                leaveParallel();
            }
        }, leave);
    }

    private static void runLeaving(Runnable work, Runnable leave) {
        var begun = new AtomicBoolean();
        var submitted = submit(() -> {
            begun.set(true);
            work.run();
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

    /** OpenBLAS has its own threads from the first of such calls to the last. */
    private static synchronized void enterParallel() {
        parallelCalls++;
        boolean interrupted = false;
        while (serialCalls > 0) {
            try {
                NativeThread.class.wait();
            } catch (InterruptedException later) {
                interrupted = true;
            }
        }
        OpenBlas.setThreads(Workers.count());
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static synchronized void leaveParallel() {
        if (--parallelCalls == 0) {
            OpenBlas.setThreads(1);
        }
    }

    private static synchronized boolean enterSerial() {
        if (parallelCalls > 0) {
            return false;
        }
        serialCalls++;
        return true;
    }

    private static synchronized void leaveSerial() {
        if (--serialCalls == 0) {
            NativeThread.class.notifyAll();
        }
    }
}

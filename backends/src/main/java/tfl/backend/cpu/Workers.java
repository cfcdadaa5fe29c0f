package tfl.backend.cpu;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;
import tfl.backend.KernelCancelled;
import tfl.backend.KernelPause;

/**
 * The threads that share the work of one kernel, each beginning with the part that it had of the kernel before. A
 * worker that has just worked spins for a while before it sleeps, since waking it costs more than a small kernel takes.
 */
final class Workers {
    private static final int COUNT = threads(System.getenv("TFL_THREADS"));
    private static final long SPIN_NANOS = 80_000;
    private static final long STACK_BYTES = 16L << 20;
    private static final int STACK_FRAMES = 400;
    private static final AtomicBoolean TAKEN = new AtomicBoolean();
    private static final Worker[] WORKERS = new Worker[COUNT - 1];
    /** Grains of one range, about a millisecond of work. */
    private static final int LONGEST = 64;
    private static final long PATIENCE_NANOS = 2_000_000_000L;
    private static volatile Job current;
    /** Jobs so far; whoever has {@link #TAKEN} counts. */
    private static long jobs;
    private static volatile boolean closing;

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(Workers::close, "tfl-workers-end"));
    }

    private Workers() {}

    /** What {@code TFL_THREADS} says, or one for each processor where it says nothing that makes sense. */
    static int threads(String wanted) {
        boolean number = wanted != null && wanted.matches("[1-9][0-9]{0,2}");
        return number ? Integer.parseInt(wanted) : Runtime.getRuntime().availableProcessors();
    }

    /** How many threads work on one job, the caller included. */
    static int count() {
        return COUNT;
    }

    /**
     * Runs {@code task(0)} to {@code task(tasks - 1)}, each once, on the caller and the workers; returns when
     * all are done. While another job has the workers, also one that encloses this call, the caller does it
     * all itself.
     *
     * @throws RuntimeException the first that a task threw
     * @throws KernelCancelled if the caller is interrupted before all have begun, or the process is ending
     */
    static void run(int tasks, IntConsumer task) {
        stopIfAsked(Thread.currentThread());
        if (tasks <= 1 || COUNT == 1 || !TAKEN.compareAndSet(false, true)) {
            for (int i = 0; i < tasks; i++) {
                check(Thread.currentThread());
                task.accept(i);
            }
            return;
        }
        var job = new Job(++jobs, tasks, task);
        try {
            reserve();
            current = job;
            wake();
            job.work(0);
            job.await();
        } finally {
            current = null;
            TAKEN.set(false);
        }
        job.rethrow();
    }

    /**
     * Between two parts of a kernel: whether it should still go on. The thread that wants it pauses here.
     *
     * @throws KernelCancelled if the thread that wants it is interrupted, or the process is ending
     */
    static void check(Thread caller) {
        stopIfAsked(caller);
        if (caller == Thread.currentThread() && !(caller instanceof KernelThread)) {
            KernelPause.take();
        }
    }

    private static void stopIfAsked(Thread caller) {
        if (closing || KernelCancelled.isWanted(caller)) {
            throw new KernelCancelled();
        }
    }

    /** When the process ends, libraries give up their code; by then no kernel may be running in it. */
    private static void close() {
        closing = true;
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (current != null && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
    }

    /**
     * Overflows the stack now, if it is nearly full: once the job is published the caller must reach the end
     * of it, or a worker would write into memory that was given up.
     */
    static void reserve() {
        reserve(STACK_FRAMES);
    }

    private static int reserve(int frames) {
        return frames == 0 ? 0 : reserve(frames - 1) + 1;
    }

    /**
     * Splits {@code size} elements into ranges of at least {@code grain}, one for each thread, and runs them; into more
     * where they are long, so that an interrupt is seen between two of them.
     */
    static void ranges(long size, long grain, Range range) {
        long grains = size / Math.max(1, grain);
        int parts = Math.toIntExact(Math.max(Math.clamp(grains, 1, COUNT), grains / LONGEST));
        run(parts, part -> range.run(size * part / parts, size * (part + 1) / parts));
    }

    /** Work on the elements from {@code start}, before {@code end}. */
    interface Range {
        void run(long start, long end);
    }

    private static void wake() {
        for (int i = 0; i < WORKERS.length; i++) {
            var worker = WORKERS[i];
            if (worker == null) {
                WORKERS[i] = new Worker(i + 1);
                WORKERS[i].start();
            } else if (worker.parked) {
                LockSupport.unpark(worker);
            }
        }
    }

    private static final class Job {
        private final long number;
        private final int tasks;
        private final IntConsumer task;
        private final TaskRanges ranges;
        private final AtomicInteger finished = new AtomicInteger();
        private final Thread caller = Thread.currentThread();
        private volatile Throwable failure;

        Job(long number, int tasks, IntConsumer task) {
            this.number = number;
            this.tasks = tasks;
            this.task = task;
            this.ranges = new TaskRanges(tasks, COUNT);
        }

        /** Does what there is to do, the range of {@code thread} first. */
        void work(int thread) {
            for (int i = ranges.take(thread); i >= 0; i = ranges.take(thread)) {
                try {
                    if (failure == null) {
                        check(caller);
                        task.accept(i);
                    }
                } catch (Throwable thrown) {
                    failure = thrown;
                } finally {
                    finished.incrementAndGet();
                }
            }
        }

        void await() {
            for (int spins = 0; finished.get() < tasks; spins++) {
                if (spins < 100_000) {
                    Thread.onSpinWait();
                } else {
                    Thread.yield();
                }
            }
        }

        void rethrow() {
            switch (failure) {
                case null -> { }
                case RuntimeException unchecked -> throw unchecked;
                case Error error -> throw error;
                default -> throw new IllegalStateException(failure);
            }
        }
    }

    private static final class Worker extends KernelThread {
        private final int number;
        private volatile boolean parked;
        /** The number of the last job that this thread found no more work in. */
        private long done;

        Worker(int number) {
            super(null, "tfl-worker-" + number, STACK_BYTES);
            this.number = number;
        }

        @Override
        public void run() {
            long idleSince = System.nanoTime();
            while (true) {
                var job = current;
                if (isNew(job)) {
                    job.work(number);
                    done = job.number;
                    idleSince = System.nanoTime();
                } else if (System.nanoTime() - idleSince < SPIN_NANOS) {
                    Thread.onSpinWait();
                } else {
                    sleep();
                    idleSince = System.nanoTime();
                }
            }
        }

        /**
         * Says so before it looks for work a last time; whoever publishes work looks at {@code parked}
         * afterwards.
         */
        private void sleep() {
            parked = true;
            if (!isNew(current)) {
                LockSupport.park(this);
            }
            parked = false;
        }

        private boolean isNew(Job job) {
            return job != null && job.number != done;
        }
    }
}

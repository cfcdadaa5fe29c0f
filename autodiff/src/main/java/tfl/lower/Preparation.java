package tfl.lower;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import tfl.graph.Literal;

/** Compiles the kernels of a program at the same time, for values that lie as they most likely will. */
final class Preparation {
    private static final long STACK_BYTES = 16L << 20;

    private Preparation() {}

    static void run(List<Task> tasks) {
        var open = new ConcurrentLinkedQueue<>(tasks);
        var failure = new AtomicReference<Throwable>();
        int count = Math.min(tasks.size(), Runtime.getRuntime().availableProcessors());
        var threads = new Thread[count];
        for (int k = 0; k < count; k++) {
            threads[k] = new Thread(null, () -> work(open, failure), "tfl-compile-" + k, STACK_BYTES);
            threads[k].setDaemon(true);
            threads[k].start();
        }
        await(threads);
        switch (failure.get()) {
            case null -> { }
            case RuntimeException problem -> throw problem;
            case Error problem -> throw problem;
            case Throwable problem -> throw new IllegalStateException(problem);
        }
    }

    private static void work(Queue<Task> open, AtomicReference<Throwable> failure) {
        try {
            for (var task = open.poll(); task != null; task = open.poll()) {
                task.work().prepare(task.in().stream().map(Preparation::strides).toArray(long[][]::new));
            }
        } catch (RuntimeException | Error problem) {
            failure.compareAndSet(null, problem);
        }
    }

    /** An interrupt waits until the kernels are there, as it does for one kernel. */
    private static void await(Thread[] threads) {
        boolean interrupted = false;
        for (int k = 0; k < threads.length;) {
            try {
                threads[k].join();
                k++;
            } catch (InterruptedException wanted) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static long[] strides(Flow.Source source) {
        var shape = Task.type(source).shape();
        if (source.atom() instanceof Literal) {
            return new long[shape.rank()];
        }
        var strided = source.chain().over(source.atom().type().shape());
        return strided == null ? shape.strides() : strided.strides();
    }
}

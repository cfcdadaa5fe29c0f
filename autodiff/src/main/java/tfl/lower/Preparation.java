package tfl.lower;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import tfl.backend.Executable;

/**
 * Compiles the kernels of a program, for values that lie as they most likely will, on threads of its own: each from the
 * moment it is known, while the next ones are being made.
 */
final class Preparation implements AutoCloseable {
    private static final long STACK_BYTES = 16L << 20;

    /** Null to do it at once. */
    private final ExecutorService threads;
    private final List<Future<?>> begun = new ArrayList<>();

    private Preparation(ExecutorService threads) {
        this.threads = threads;
    }

    /** On as many threads as there are processors: somebody waits. */
    static Preparation onThreads() {
        return new Preparation(Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors(),
                Preparation::thread));
    }

    /** On the thread at hand: the program has the other processors. */
    static Preparation atOnce() {
        return new Preparation(null);
    }

    private static Thread thread(Runnable work) {
        var thread = new Thread(null, work, "tfl-compile", STACK_BYTES);
        thread.setDaemon(true);
        return thread;
    }

    void begin(Executable executable, List<List<Long>> strides) {
        var lie = strides.stream().map(each -> each.stream().mapToLong(Long::longValue).toArray())
                .toArray(long[][]::new);
        if (threads == null) {
            executable.prepare(lie);
        } else {
            begun.add(threads.submit(() -> executable.prepare(lie)));
        }
    }

    /** Waits for all of them, an interrupt too, as it does for one kernel. Throws what the first that failed threw. */
    void await() {
        boolean interrupted = false;
        for (int k = 0; k < begun.size();) {
            try {
                begun.get(k).get();
                k++;
            } catch (InterruptedException wanted) {
                interrupted = true;
            } catch (ExecutionException failed) {
                throw unchecked(failed.getCause());
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static RuntimeException unchecked(Throwable problem) {
        return switch (problem) {
            case RuntimeException unchecked -> unchecked;
            case Error error -> throw error;
            default -> new IllegalStateException(problem);
        };
    }

    @Override
    public void close() {
        if (threads != null) {
            threads.shutdown();
        }
    }
}

package tfl.editor.server;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The one thread that works on texts, so that what an answer says is what the text was when it was asked. */
final class Worker implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Worker.class.getName());
    private final ScheduledThreadPoolExecutor executor;
    private final Map<String, ScheduledFuture<?>> later = new ConcurrentHashMap<>();

    Worker() {
        executor = new ScheduledThreadPoolExecutor(1, work -> {
            var thread = new Thread(null, work, "tfl-lsp", 16L << 20);
            thread.setDaemon(true);
            return thread;
        });
        executor.setRemoveOnCancelPolicy(true);
    }

    /** The answer to a request; one that is cancelled before its turn is not worked on. */
    <T> CompletableFuture<T> answer(Supplier<T> work) {
        var result = new CompletableFuture<T>();
        executor.execute(() -> {
            if (result.isCancelled()) {
                return;
            }
            try {
                result.complete(work.get());
            } catch (RuntimeException | StackOverflowError problem) {
                result.completeExceptionally(problem);
            }
        });
        return result;
    }

    void run(Runnable work) {
        executor.execute(told(work));
    }

    /** News has no answer that could say what went wrong. */
    private static Runnable told(Runnable work) {
        return () -> {
            try {
                work.run();
            } catch (RuntimeException | StackOverflowError problem) {
                LOG.log(Level.SEVERE, "a bug in TFL's language server", problem);
            }
        };
    }

    /** Does it when nothing with this key has come for a while. */
    void later(String key, long milliseconds, Runnable work) {
        var before = later.put(key, executor.schedule(told(work), milliseconds, TimeUnit.MILLISECONDS));
        if (before != null) {
            before.cancel(false);
        }
    }

    @Override
    public void close() {
        executor.shutdownNow();
        try {
            executor.awaitTermination(2, TimeUnit.SECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}

package tfl.embedding;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.PolyglotException;

/** What stands around each call into a session: its time, and what becomes of its errors. */
final class Guard {
    private static final ScheduledThreadPoolExecutor CLOCK = clock();

    /** Why a session is over; null while it is not. */
    private enum End { CLOSED, TIME }

    private final Duration timeLimit;
    private volatile End end;

    /** The limit of one call, or null. */
    Guard(Duration timeLimit) {
        this.timeLimit = timeLimit;
    }

    private static ScheduledThreadPoolExecutor clock() {
        var clock = new ScheduledThreadPoolExecutor(1, work -> {
            var thread = new Thread(work, "tfl-time-limits");
            thread.setDaemon(true);
            return thread;
        });
        clock.setRemoveOnCancelPolicy(true);
        clock.setKeepAliveTime(10, TimeUnit.SECONDS);
        clock.allowCoreThreadTimeOut(true);
        return clock;
    }

    <T> T run(Context context, Supplier<T> call) {
        if (end != null) {
            throw ended(null);
        }
        var alarm = alarm(context);
        try {
            return call.get();
        } catch (PolyglotException error) {
            throw error.isResourceExhausted() || end == null && !error.isCancelled() ? Errors.of(error) : ended(error);
        } catch (IllegalStateException over) {
            throw end != null ? ended(null) : over;
        } finally {
            if (alarm != null) {
                alarm.cancel(false);
            }
        }
    }

    private Future<?> alarm(Context context) {
        return timeLimit == null ? null : CLOCK.schedule(() -> close(context, End.TIME), timeLimit.toNanos(),
                TimeUnit.NANOSECONDS);
    }

    void close(Context context) {
        if (end == null) {
            end = End.CLOSED;
        }
        context.close(true);
    }

    // Closing waits for what runs, so the clock leaves it to another thread.
    private void close(Context context, End reason) {
        if (end == null) {
            end = reason;
            var closing = new Thread(() -> context.close(true), "tfl-time-limit");
            closing.setDaemon(true);
            closing.start();
        }
    }

    private TflError ended(PolyglotException error) {
        return end == End.TIME ? new LimitExceeded(Errors.facts("limit", "TFL-E0644", "the time limit of a call, "
                + seconds(timeLimit) + ", is over; the session was closed",
                "Tfl.builder().timeLimit sets it; this session and its values cannot be used any more", error), error)
                : new TflError(Errors.facts("closed", "TFL-E0649", "this session of TFL is closed",
                        "open another one, and load what it needs", error), error);
    }

    private static String seconds(Duration duration) {
        var text = String.valueOf(duration.toNanos() / 1e9);
        return text.replaceFirst("\\.0$", "") + " s";
    }
}

package tfl.transform;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import tfl.tensor.Tensor;

/** How long each operation takes, while somebody wants to know. What an operation runs inside counts there, once. */
public final class OperationTimes {
    private static final ThreadLocal<long[]> INSIDE = ThreadLocal.withInitial(() -> new long[1]);
    private static volatile List<OperationTimes> wanted = List.of();
    private final Map<String, Time> times = new ConcurrentHashMap<>();

    /** How often an operation ran, and how long in all. */
    public record Time(long calls, long nanos) {}

    private OperationTimes() {}

    /** From now on operations are timed, in any thread, until {@link #stop}. */
    public static OperationTimes start() {
        var times = new OperationTimes();
        change(times, true);
        return times;
    }

    /** No longer for this one. */
    public void stop() {
        change(this, false);
    }

    private static synchronized void change(OperationTimes one, boolean isWanted) {
        var all = new ArrayList<>(wanted);
        if (isWanted) {
            all.add(one);
        } else {
            all.remove(one);
        }
        wanted = List.copyOf(all);
    }

    /** Whether anybody wants to know now. */
    public static boolean areWanted() {
        return !wanted.isEmpty();
    }

    /** By name of the operation. */
    public Map<String, Time> times() {
        return Map.copyOf(times);
    }

    /** Runs an operation, and notes how long it took but for the operations inside. */
    public static Tensor[] time(String name, Supplier<Tensor[]> work) {
        var inner = INSIDE.get();
        long before = inner[0];
        inner[0] = 0;
        long start = System.nanoTime();
        try {
            return work.get();
        } finally {
            long nanos = System.nanoTime() - start;
            var time = new Time(1, nanos - inner[0]);
            inner[0] = before + nanos;
            for (var each : wanted) {
                each.times.merge(name, time, (a, b) -> new Time(a.calls + b.calls, a.nanos + b.nanos));
            }
        }
    }
}

package tfl.transform;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import tfl.tensor.Tensor;

/** How long each operation takes, while somebody wants to know. What an operation runs inside counts there, once. */
public final class OperationTimes {
    private static volatile OperationTimes active;
    private final Map<String, Time> times = new ConcurrentHashMap<>();
    private final ThreadLocal<long[]> inside = ThreadLocal.withInitial(() -> new long[1]);

    /** How often an operation ran, and how long in all. */
    public record Time(long calls, long nanos) {}

    private OperationTimes() {}

    /** From now on operations are timed, in any thread. */
    public static OperationTimes start() {
        var times = new OperationTimes();
        active = times;
        return times;
    }

    /** No longer. */
    public static void stop() {
        active = null;
    }

    /** What times operations now, or null. */
    public static OperationTimes active() {
        return active;
    }

    /** By name of the operation. */
    public Map<String, Time> times() {
        return Map.copyOf(times);
    }

    /** Runs an operation, and notes how long it took but for the operations inside. */
    public Tensor[] time(String name, Supplier<Tensor[]> work) {
        var inner = inside.get();
        long before = inner[0];
        inner[0] = 0;
        long start = System.nanoTime();
        try {
            return work.get();
        } finally {
            long nanos = System.nanoTime() - start;
            long own = nanos - inner[0];
            inner[0] = before + nanos;
            times.merge(name, new Time(1, own), (a, b) -> new Time(a.calls + b.calls, a.nanos + b.nanos));
        }
    }
}

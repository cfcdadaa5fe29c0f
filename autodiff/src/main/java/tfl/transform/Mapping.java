package tfl.transform;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import tfl.primitive.BatchOps;
import tfl.primitive.Primitive;
import tfl.tensor.TensorValue;

/** Maps a function over an axis: each operation runs once for all elements. For one thread at a time. */
public final class Mapping extends Level {
    private static final ThreadLocal<Integer> DEPTH = ThreadLocal.withInitial(() -> 0);
    // Read before the thread's own, as in Trace.
    private static final AtomicInteger OPEN = new AtomicInteger();

    private final EagerOps ops;
    private final long size;

    /**
     * Opens the innermost level.
     *
     * @param size of the mapped axis
     */
    public Mapping(EagerOps ops, long size) {
        this.ops = ops;
        this.size = size;
    }

    /** Runs the function that is mapped. */
    public <T> T within(Supplier<T> function) {
        OPEN.incrementAndGet();
        DEPTH.set(DEPTH.get() + 1);
        try {
            return function.get();
        } finally {
            DEPTH.set(DEPTH.get() - 1);
            OPEN.decrementAndGet();
        }
    }

    /** Whether this thread runs a function that is mapped. */
    public static boolean isActive() {
        return OPEN.getPlain() != 0 && DEPTH.get() > 0;
    }

    /** Whether any thread runs one, for a quick look. */
    public static boolean isAnyActive() {
        return OPEN.getPlain() != 0;
    }

    /** One element of a value that has all of them along axis 0. */
    public TensorValue lift(TensorValue all, boolean weak) {
        return new Mapped(this, all, weak);
    }

    /** All elements along axis 0; a value that is the same for all is repeated. */
    public TensorValue all(TensorValue value) {
        return value instanceof Mapped mapped && mapped.level() == this ? mapped.all()
                : BatchOps.spread(ops, size, value, false);
    }

    /** Whether the value differs from element to element. */
    public boolean maps(TensorValue value) {
        return value instanceof Mapped mapped && mapped.level() == this;
    }

    @Override
    List<TensorValue> apply(Primitive primitive, List<TensorValue> inputs) {
        var values = new ArrayList<TensorValue>();
        var mapped = new ArrayList<Boolean>();
        for (var input : inputs) {
            values.add(maps(input) ? ((Mapped) input).all() : input);
            mapped.add(maps(input));
        }
        if (!mapped.contains(true)) {
            return ops.apply(primitive, values);
        }
        try (var rules = new RuleOps(ops)) {
            var results = new ArrayList<TensorValue>();
            for (var output : primitive.map(rules, size, values, mapped)) {
                rules.keep(output.value());
                results.add(output.mapped() ? new Mapped(this, output.value(), false) : output.value());
            }
            return results;
        } catch (RuntimeException failed) {
            // Where the elements do not fit, that is what to tell, and not what it is for all of them at once.
            primitive.shape(inputs.stream().map(TensorValue::type).toList());
            throw failed;
        }
    }
}

package tfl.transform;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import tfl.primitive.Primitive;
import tfl.tensor.TensorValue;

/**
 * One transformation at work: what it makes of each primitive while its function runs. Levels opened later lie
 * further in, and an operation belongs to the innermost level of its operands, or to the trace that this thread is
 * in, where that lies further in.
 */
abstract sealed class Level permits Tape, Forward, Mapping, Trace {
    private static final AtomicLong OPENED = new AtomicLong();

    private final long depth = OPENED.incrementAndGet();

    /** Applies a primitive to values of this level and of levels further out. */
    abstract List<TensorValue> apply(Primitive primitive, List<TensorValue> inputs);

    /** Whether this level was opened within the other; everything is within null, the plain tensors. */
    final boolean isInside(Level other) {
        return other == null || depth > other.depth;
    }

    /** The level that an operation on these values belongs to; null if it runs at once. */
    static Level innermost(List<? extends TensorValue> values) {
        Level innermost = Trace.current();
        for (var value : values) {
            if (value instanceof Lifted lifted && lifted.level().isInside(innermost)) {
                innermost = lifted.level();
            }
        }
        return innermost;
    }
}

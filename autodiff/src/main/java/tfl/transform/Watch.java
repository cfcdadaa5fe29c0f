package tfl.transform;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import tfl.language.source.Location;
import tfl.primitive.Effect;
import tfl.primitive.Primitive;
import tfl.tensor.Tensor;

/**
 * Looks at what each operation of a traced piece of program makes of its operands, whenever its graph runs. What is
 * traced meanwhile looks at itself, branches and loops included.
 */
public final class Watch {
    private static final ThreadLocal<Watcher> CURRENT = new ThreadLocal<>();
    // As for traces: who watches nothing pays one plain read.
    private static final AtomicInteger OPEN = new AtomicInteger();

    private Watch() {}

    /** Is shown an operation that was done. */
    @FunctionalInterface
    public interface Watcher {
        /** @param at where the operation stands */
        void saw(Primitive primitive, Location at, Tensor[] operands, Tensor[] results);
    }

    /** Does a piece of work whose traces are watched. */
    public static <T> T by(Watcher watcher, Supplier<T> work) {
        var outer = CURRENT.get();
        CURRENT.set(watcher);
        OPEN.incrementAndGet();
        try {
            return work.get();
        } finally {
            OPEN.decrementAndGet();
            CURRENT.set(outer);
        }
    }

    /** What is to be done after an operation, with its operands and then its results; null for nothing. */
    static Effect after(Primitive primitive, Location at, int operands) {
        var watcher = OPEN.getPlain() == 0 ? null : CURRENT.get();
        if (watcher == null || primitive.hasEffect() || !primitive.regions().isEmpty()) {
            return null;
        }
        return new Effect("check_numbers", new Look(watcher, primitive, at, operands));
    }

    private record Look(Watcher watcher, Primitive primitive, Location at, int operands) implements Effect.Action {
        @Override
        public void run(Tensor[] values) {
            watcher.saw(primitive, at, Arrays.copyOf(values, operands),
                    Arrays.copyOfRange(values, operands, values.length));
        }

        @Override
        public boolean looks() {
            return true;
        }
    }
}

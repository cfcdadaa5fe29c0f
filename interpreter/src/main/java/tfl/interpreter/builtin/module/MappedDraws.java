package tfl.interpreter.builtin.module;

import java.util.function.Supplier;
import tfl.interpreter.ErrorKind;
import tfl.interpreter.TflException;
import tfl.interpreter.builtin.tensor.Tensors;
import tfl.language.source.Span;
import tfl.tensor.TensorValue;
import tfl.transform.Mapping;
import tfl.transform.Trace;

/** Draws within {@code vmap}: each element draws blocks of its own, one after the other's. */
public final class MappedDraws {
    private static final ThreadLocal<MappedDraws> CURRENT = new ThreadLocal<>();

    private final MappedDraws outer;
    private final Mapping level;
    private final long size;
    private TensorValue numbers;

    private MappedDraws(Mapping level, long size, MappedDraws outer) {
        this.outer = outer;
        this.level = level;
        this.size = size;
        // Written where the level was opened: what a branch within it writes is of no use after the branch.
        this.numbers = Trace.isActive() ? count() : null;
    }

    private TensorValue count() {
        return level.lift(Tensors.work(ops -> ops.count(size)), false);
    }

    /** From here on draws may be written into a region that is run here. What is written itself is ready for that. */
    public static void beforeRegion() {
        for (var draws = CURRENT.get(); draws != null && !Trace.isActive(); draws = draws.outer) {
            if (draws.numbers == null) {
                draws.numbers = draws.count();
                draws.numbers.pin();
            }
        }
    }

    /** Does a piece of work whose draws are mapped over that many elements. */
    public static <T> T within(Mapping level, long size, Supplier<T> work) {
        return within(new MappedDraws(level, size, CURRENT.get()), work);
    }

    /** What the draws of this thread are mapped over, or null. */
    static MappedDraws current() {
        return CURRENT.get();
    }

    /** Does a piece of work whose draws are mapped as those draws are; null if they are not. */
    static <T> T within(MappedDraws draws, Supplier<T> work) {
        var outer = CURRENT.get();
        CURRENT.set(draws);
        try {
            return work.get();
        } finally {
            CURRENT.set(outer);
        }
    }

    static boolean isActive() {
        return CURRENT.get() != null;
    }

    /** How many elements draw at once. */
    static long elements() {
        long elements = 1;
        for (var each = CURRENT.get(); each != null; each = each.outer) {
            elements = Math.multiplyExact(elements, each.size);
        }
        return elements;
    }

    /**
     * Fails if the next block of the generator differs from element to element, as it does after a branch or a loop
     * that some elements take and that draws.
     *
     * @param draw where the last draw stands
     */
    static void requireSame(TensorValue next, Span draw) {
        for (var draws = CURRENT.get(); draws != null; draws = draws.outer) {
            if (draws.level.maps(next)) {
                throw someOnly().at(draw, null);
            }
        }
    }

    static TflException someOnly() {
        return TflException.of(ErrorKind.VALUE, "TFL-E0367", "only some elements of vmap come to this draw: it stands "
                + "in a branch or a loop whose condition differs from element to element",
                "draw before it, where all elements do, or give the draw a key: randn(shape, key=key)");
    }

    /** The first block of each element, from the first of all. */
    static TensorValue blocks(Tensors ops, TensorValue first, long each) {
        TensorValue blocks = first;
        long stride = each;
        for (var draws = CURRENT.get(); draws != null; draws = draws.outer) {
            var own = draws.numbers == null ? draws.level.lift(ops.multiply(ops.count(draws.size), stride), false)
                    : ops.multiply(draws.numbers, stride);
            blocks = ops.add(blocks, own);
            stride *= draws.size;
        }
        return blocks;
    }
}

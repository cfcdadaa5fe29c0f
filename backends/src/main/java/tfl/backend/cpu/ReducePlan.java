package tfl.backend.cpu;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import tfl.backend.llvm.ReduceKernel;

/**
 * How a reduction is cut into units of work.
 *
 * @param kept the axes of the output
 * @param folded the axes that are folded
 * @param across whether a unit folds many neighbouring outputs at once
 * @param total elements folded into one output
 * @param chunk of them, elements of one unit
 * @param width outputs of one unit
 */
record ReducePlan(Layout kept, Layout folded, boolean across, long total, long chunk, long width) {
    /** Elements of one output that make a unit. */
    private static final long CHUNK = 64 * 1024;
    /** Lines folded across in floats before the sum is widened. */
    private static final long LINES = 256;
    /** Units that are enough, and outputs of which a unit has a multiple. */
    private static final long UNITS = 8;
    private static final long LANES = 16;
    /** An innermost kept axis below that is not worth folding across. */
    private static final long NARROW = 16;

    /**
     * For inputs with these strides.
     *
     * @param joins whether axes may be joined: not where positions are read
     */
    static ReducePlan of(long[] dims, long[][] inputs, List<Integer> axes, boolean joins) {
        var foldedAxes = axes.stream().mapToInt(axis -> axis).toArray();
        var keptAxes = IntStream.range(0, dims.length).filter(axis -> !axes.contains(axis)).toArray();
        var kept = joins ? Layout.of(dims, keptAxes, inputs) : Layout.unjoined(dims, keptAxes, inputs);
        var folded = joins ? Layout.of(dims, foldedAxes, inputs) : Layout.unjoined(dims, foldedAxes, inputs);
        long total = folded.size();
        long outputs = kept.size();
        long inner = kept.sizes()[kept.rank() - 1];
        boolean across = inner >= NARROW && isInner(kept, folded);
        if (across) {
            return new ReducePlan(kept, folded, true, total, Math.min(Math.max(1, total), LINES),
                    width(inner, total));
        }
        long chunk = outputs < 64 && total > 2 * CHUNK ? CHUNK : Math.max(1, total);
        return new ReducePlan(kept, folded, false, total, chunk, 1);
    }

    /** Whether the innermost kept axis is the one along which the first moving input lies densest. */
    private static boolean isInner(Layout kept, Layout folded) {
        for (int k = 0; k < kept.strides().length; k++) {
            long outer = Math.abs(folded.strides()[k][folded.rank() - 1]);
            long inner = Math.abs(kept.strides()[k][kept.rank() - 1]);
            if (outer != inner) {
                return outer == 0 || inner != 0 && inner < outer;
            }
        }
        return false;
    }

    /** As much of a line as leaves some units for each thread: what lies side by side is read fastest. */
    private static long width(long inner, long total) {
        long shares = Math.ceilDiv(UNITS, Math.max(1, Math.ceilDiv(total, LINES)));
        return Math.clamp(shares == 1 ? inner : Math.ceilDiv(inner, shares * LANES) * LANES, 64, ReduceKernel.WIDTH);
    }

    long chunks() {
        return Math.max(1, (total + chunk - 1) / chunk);
    }

    long units() {
        if (!across) {
            return kept.size() * chunks();
        }
        long inner = kept.sizes()[kept.rank() - 1];
        return kept.size() / inner * ((inner + width - 1) / width) * chunks();
    }

    /** Elements of one unit. */
    long unitElements() {
        return chunk * width;
    }

    @Override
    public String toString() {
        return Arrays.toString(kept.sizes()) + " <- " + Arrays.toString(folded.sizes());
    }
}

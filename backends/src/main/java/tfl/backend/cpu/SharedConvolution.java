package tfl.backend.cpu;

import java.util.HashMap;
import java.util.Map;
import tfl.kernel.Routine;
import tfl.tensor.NativeMemory;
import tfl.tensor.Tensor;

/** A convolution by oneDNN whose images are shared out over the workers; prepared at its first run. */
final class SharedConvolution {
    /** Multiplications from which on it pays to load oneDNN and to let it compile. */
    private static final double WORTHWHILE = 1 << 24;
    /** Images and results of one share, which pass through three layouts, should fit there. */
    private static final double SECOND_CACHE = 1 << 20;
    /** The gradient of the weights is summed up from one of each share. */
    private static final int MOST_PARTIAL = 16;
    private static final int F32_BYTES = 4;

    private final Routine.Convolution routine;
    private final ConvolutionShape shape;
    private final int shares;
    /** Ready for as many images as the key says; null when oneDNN cannot do it. */
    private Map<Long, OneDnnConvolution> ready;
    private boolean prepared;

    SharedConvolution(Routine.Convolution routine, ConvolutionShape shape) {
        this.routine = routine;
        this.shape = shape;
        double wanted = Math.max(Workers.count(), Math.ceil(work(shape) / Cost.LONGEST_CALL));
        if (routine.pass() != Routine.Pass.WEIGHT) {
            wanted = Math.max(wanted, Math.ceil(bytes(shape) / SECOND_CACHE));
        }
        double possible = routine.pass() == Routine.Pass.WEIGHT ? Math.max(MOST_PARTIAL, Workers.count())
                : Integer.MAX_VALUE;
        this.shares = (int) Math.min(shape.images(), Math.min(wanted, possible));
    }

    private static double bytes(ConvolutionShape shape) {
        return (double) F32_BYTES * shape.images() * shape.groups() * (shape.channelsIn() * shape.inputPlaces()
                + shape.channelsOut() * shape.outputPlaces());
    }

    private static double work(ConvolutionShape shape) {
        return (double) shape.images() * shape.groups() * shape.channelsOut() * shape.columnRows()
                * shape.outputPlaces();
    }

    static boolean pays(ConvolutionShape shape) {
        return shape.images() >= Workers.count() && work(shape) >= WORTHWHILE;
    }

    /** Works on row-major f32 tensors; false, and nothing done, where oneDNN knows no way. */
    boolean run(Tensor a, Tensor b, Tensor result) {
        long first = a.address();
        long second = b.address();
        long to = result.address();
        var done = new boolean[1];
        var caller = Thread.currentThread();
        NativeThread.run(() -> {
            var parts = prepare();
            if (parts != null && routine.pass() == Routine.Pass.WEIGHT) {
                sum(parts, first, second, to, result.size(), caller);
            } else if (parts != null) {
                each(parts, first, second, to, caller);
            }
            done[0] = parts != null;
        });
        return done[0];
    }

    private synchronized Map<Long, OneDnnConvolution> prepare() {
        if (!prepared) {
            prepared = true;
            try {
                var made = new HashMap<Long, OneDnnConvolution>();
                for (int share = 0; share < shares; share++) {
                    made.computeIfAbsent(start(share + 1) - start(share),
                            images -> new OneDnnConvolution(routine, shape, images));
                }
                ready = made;
            } catch (OneDnn.Unsupported | LinkageError noWay) {
                // The same by matrix products, only slower; doctor tells of a library that is missing.
                ready = null;
            }
        }
        return ready;
    }

    private long start(int share) {
        return shape.images() * share / shares;
    }

    private long input(int share) {
        return start(share) * shape.groups() * shape.channelsIn() * shape.inputPlaces() * F32_BYTES;
    }

    private long output(int share) {
        return start(share) * shape.groups() * shape.channelsOut() * shape.outputPlaces() * F32_BYTES;
    }

    /** Forward and input passes: every share of the images is on its own. */
    private void each(Map<Long, OneDnnConvolution> parts, long first, long weights, long to, Thread caller) {
        boolean forward = routine.pass() == Routine.Pass.FORWARD;
        Workers.run(shares, share -> of(share, parts, caller).run(
                first + (forward ? input(share) : output(share)), weights,
                to + (forward ? output(share) : input(share))));
    }

    private OneDnnConvolution of(int share, Map<Long, OneDnnConvolution> parts, Thread caller) {
        Workers.check(caller);
        return parts.get(start(share + 1) - start(share));
    }

    /** The gradient of the weights is the sum of those of the shares. */
    private void sum(Map<Long, OneDnnConvolution> parts, long x, long y, long to, long count, Thread caller) {
        long bytes = count * F32_BYTES + 63 & -64L;
        try (var partial = Scratch.bytes(shares * bytes)) {
            Workers.run(shares, share -> of(share, parts, caller).run(x + input(share), y
                    + output(share), share == 0 ? to : partial.address() + share * bytes));
            for (int share = 1; share < shares; share++) {
                long from = partial.address() + share * bytes;
                for (long i = 0; i < count; i++) {
                    NativeMemory.putFloat(to + 4 * i, NativeMemory.getFloat(to + 4 * i)
                            + NativeMemory.getFloat(from + 4 * i));
                }
            }
        }
    }
}

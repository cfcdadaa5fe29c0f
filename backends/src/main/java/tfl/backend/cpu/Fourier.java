package tfl.backend.cpu;

import java.lang.ref.Reference;
import java.util.List;
import java.util.function.BinaryOperator;
import tfl.backend.Executable;
import tfl.kernel.RoutineFailure;
import tfl.tensor.Tensor;
import tfl.tensor.TensorType;

/**
 * Complex transforms along the last axis; several lanes are shared out, a single long one is split inside.
 */
final class Fourier {
    private static final long LARGEST = 1 << 25;
    private static final long GRAIN = 1 << 12;

    private final int length;
    private final int room;
    private final boolean inverse;
    private final BinaryOperator<ComplexArray> transform;

    private Fourier(int length, boolean inverse) {
        this.length = length;
        this.inverse = inverse;
        var plan = FourierPlan.of(length);
        if (plan != null) {
            this.room = length;
            this.transform = plan::transform;
        } else {
            var bluestein = new Bluestein(length);
            this.room = bluestein.room();
            this.transform = bluestein::transform;
        }
    }

    /** For checked types. */
    static Executable compile(boolean inverse, List<TensorType> inputs, List<TensorType> outputs) {
        var type = outputs.getFirst();
        long length = type.shape().dim(type.shape().rank() - 1);
        if (length > LARGEST) {
            throw new RoutineFailure("a Fourier transform of " + length
                    + " elements is too long: the most is " + LARGEST);
        }
        var quick = type.shape().size() == 0 ? null : LongFourier.of((int) length);
        if (quick != null) {
            return (tensors, donated) -> {
                var result = Tensor.allocate(type);
                whole(quick, tensors[0], result, length, inverse);
                Reference.reachabilityFence(tensors);
                return new Tensor[] {result};
            };
        }
        var fourier = type.shape().size() == 0 ? null : new Fourier((int) length, inverse);
        return (tensors, donated) -> {
            var result = Tensor.allocate(type);
            if (fourier != null) {
                fourier.run(tensors[0], result);
            }
            Reference.reachabilityFence(tensors);
            return new Tensor[] {result};
        };
    }

    /** A few long lanes one after the other, each shared out; many at once. */
    private static void whole(LongFourier fourier, Tensor input, Tensor result, long length, boolean inverse) {
        var dense = input.isContiguous() ? input : DenseCopy.of(input);
        long from = dense.address();
        long to = result.address();
        int lanes = Math.toIntExact(result.size() / length);
        int parts = lanes < Workers.count() ? 1 : Math.min(lanes, 4 * Workers.count());
        Workers.run(parts, part -> {
            for (long lane = (long) lanes * part / parts; lane < (long) lanes * (part + 1) / parts; lane++) {
                fourier.run(from + 8 * length * lane, to + 8 * length * lane, inverse);
            }
        });
        if (dense != input) {
            dense.discard();
        }
    }

    private void run(Tensor input, Tensor result) {
        var dense = input.isContiguous() ? input : DenseCopy.of(input);
        long from = dense.address();
        long to = result.address();
        long lanes = result.size() / length;
        if (lanes == 1) {
            lanes(from, to, 0, 1);
        } else {
            Workers.ranges(lanes, Math.max(1, GRAIN / length), (first, last) -> lanes(from, to, first, last));
        }
        if (dense != input) {
            dense.discard();
        }
    }

    private void lanes(long from, long to, long first, long last) {
        var x = new ComplexArray(room);
        var y = new ComplexArray(room);
        for (long lane = first; lane < last; lane++) {
            (inverse ? x.exchanged() : x).load(from + lane * length * 8, length);
            var done = transform.apply(x, y);
            (inverse ? done.exchanged() : done).store(to + lane * length * 8, length);
        }
    }
}

package tfl.backend.cpu;

import tfl.kernel.Routine;
import tfl.tensor.DType;
import tfl.tensor.NativeMemory;
import tfl.tensor.Shape;
import tfl.tensor.Tensor;

/**
 * The largest of f32 windows that lie within the input and do not overlap, as those of most networks: every element
 * belongs to one window at most, so its gradient is written once. Which element is the largest no processor can guess,
 * so nothing branches on it.
 */
final class DisjointPool {
    private static final long GRAIN = 1 << 14;
    private static final int BYTES = 4;

    private final long[] input;
    private final long[] output;
    private final long[] stride;
    /** Where the elements of a window lie, in bytes from its first. */
    private final long[] taps;
    private final boolean covers;

    private DisjointPool(long[] input, long[] output, long[] window, long[] stride) {
        this.input = input;
        this.output = output;
        this.stride = stride;
        this.taps = new long[Math.toIntExact(PoolPlanes.product(window))];
        for (int tap = 0; tap < taps.length; tap++) {
            long z = tap / (window[1] * window[2]);
            long y = tap / window[2] % window[1];
            taps[tap] = BYTES * ((z * input[1] + y) * input[2] + tap % window[2]);
        }
        this.covers = PoolPlanes.product(output) * taps.length == PoolPlanes.product(input);
    }

    /** The way to do it; null where windows overlap or reach over the border, and for averages and other dtypes. */
    static DisjointPool of(Routine.Pool pool, Shape x, Shape y, DType dtype) {
        int axes = pool.window().size();
        var input = PoolPlanes.last(x, axes);
        var output = PoolPlanes.last(y, axes);
        var window = ConvolutionShape.three(pool.window(), 1);
        var stride = ConvolutionShape.three(pool.stride(), 1);
        boolean apart = pool.max() && dtype == DType.F32 && y.size() > 0
                && pool.padLow().stream().allMatch(pad -> pad == 0);
        for (int axis = 0; axis < 3; axis++) {
            apart &= stride[axis] >= window[axis]
                    && (output[axis] - 1) * stride[axis] + window[axis] <= input[axis];
        }
        return apart ? new DisjointPool(input, output, window, stride) : null;
    }

    /** Forward, x to y; or backward, x, y, dy to dx. All are row-major. */
    void run(boolean backward, Tensor[] inputs, Tensor result) {
        long planes = (backward ? inputs[1] : result).size() / PoolPlanes.product(output);
        Workers.ranges(planes, Math.max(1, GRAIN / PoolPlanes.product(input)), (first, last) -> {
            var line = new Line(Math.toIntExact(output[2]), BYTES * stride[2]);
            for (long plane = first; plane < last; plane++) {
                long in = plane * PoolPlanes.product(input) * BYTES;
                long out = plane * PoolPlanes.product(output) * BYTES;
                if (backward && !covers) {
                    NativeMemory.segment(result.address() + in, PoolPlanes.product(input) * BYTES).fill((byte) 0);
                }
                for (long row = 0; row < output[0] * output[1]; row++) {
                    long from = in + BYTES * input[2]
                            * (row / output[1] * stride[0] * input[1] + row % output[1] * stride[1]);
                    long to = out + row * output[2] * BYTES;
                    if (backward) {
                        line.hand(inputs[0].address() + from, inputs[1].address() + to, inputs[2].address() + to,
                                result.address() + from, taps);
                    } else {
                        line.largest(inputs[0].address() + from, result.address() + to, taps);
                    }
                }
            }
        });
    }

    /** Room for the windows of one line. */
    private static final class Line {
        private final int width;
        private final long step;
        private final float[] most;
        private final int[] cotangents;

        Line(int width, long step) {
            this.width = width;
            this.step = step;
            this.most = new float[width];
            this.cotangents = new int[width];
        }

        void largest(long x, long y, long[] taps) {
            load(most, x + taps[0], step);
            for (int tap = 1; tap < taps.length; tap++) {
                raise(most, x + taps[tap], step);
            }
            for (int i = 0; i < width; i++) {
                NativeMemory.putFloat(y + (long) BYTES * i, most[i]);
            }
        }

        private static void load(float[] most, long from, long step) {
            for (int i = 0; i < most.length; i++) {
                most[i] = NativeMemory.getFloat(from + i * step);
            }
        }

        private static void raise(float[] most, long from, long step) {
            for (int i = 0; i < most.length; i++) {
                most[i] = Math.max(most[i], NativeMemory.getFloat(from + i * step));
            }
        }

        /** Hands each cotangent to the first element of its window that equals the maximum; for NaN, the first NaN. */
        void hand(long x, long y, long dy, long dx, long[] taps) {
            load(most, y, BYTES);
            boolean none = false;
            for (int i = 0; i < width; i++) {
                // 0 is added as it is where windows overlap: -0 becomes 0.
                cotangents[i] = Float.floatToRawIntBits(NativeMemory.getFloat(dy + (long) BYTES * i) + 0f);
                none |= most[i] != most[i];
            }
            for (long tap : taps) {
                if (none) {
                    handNone(most, cotangents, x + tap, dx + tap, step);
                } else {
                    hand(most, cotangents, x + tap, dx + tap, step);
                }
            }
        }

        // Who has got its cotangent has 0 left.
        private static void hand(float[] most, int[] cotangents, long x, long dx, long step) {
            for (int i = 0; i < most.length; i++) {
                int takes = NativeMemory.getFloat(x + i * step) == most[i] ? -1 : 0;
                NativeMemory.putInt(dx + i * step, cotangents[i] & takes);
                cotangents[i] &= ~takes;
            }
        }

        private static void handNone(float[] most, int[] cotangents, long x, long dx, long step) {
            for (int i = 0; i < most.length; i++) {
                float here = NativeMemory.getFloat(x + i * step);
                int takes = here == most[i] || here != here && most[i] != most[i] ? -1 : 0;
                NativeMemory.putInt(dx + i * step, cotangents[i] & takes);
                cotangents[i] &= ~takes;
            }
        }
    }
}

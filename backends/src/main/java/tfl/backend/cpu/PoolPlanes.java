package tfl.backend.cpu;

import java.util.Arrays;
import java.util.stream.LongStream;
import tfl.kernel.Routine;
import tfl.tensor.DType;
import tfl.tensor.NativeMemory;
import tfl.tensor.Shape;
import tfl.tensor.Tensor;

/**
 * Pooling over dense planes of f32 or f64, an output line at a time: each tap of the window is one loop along
 * the line. Axes are three, missing ones added in front.
 */
final class PoolPlanes {
    private static final long GRAIN = 1 << 14;
    private static final int BLOCK = 4096;
    /** Bits that {@link #canonical} never gives: an element that a window lacks equals no maximum. */
    private static final long MISSING = 0x7ff0_0000_0000_0001L;

    private final boolean wide;
    private final int bytes;
    private final long[] input;
    private final long[] output;
    private final long[] window;
    private final long[] stride;
    private final long[] pad;
    private final Offset[] taps;

    private PoolPlanes(Routine.Pool pool, Shape x, Shape y, DType dtype) {
        int axes = pool.window().size();
        this.wide = dtype == DType.F64;
        this.bytes = dtype.bytes();
        this.input = last(x, axes);
        this.output = last(y, axes);
        this.window = ConvolutionShape.three(pool.window(), 1);
        this.stride = ConvolutionShape.three(pool.stride(), 1);
        this.pad = ConvolutionShape.three(pool.padLow(), 0);
        this.taps = LongStream.range(0, product(window)).mapToObj(Offset::new).toArray(Offset[]::new);
    }

    /** The last axes of a shape, as three. */
    static long[] last(Shape shape, int axes) {
        return ConvolutionShape.three(
                Arrays.stream(shape.dims(), shape.rank() - axes, shape.rank()).boxed().toList(), 1);
    }

    /**
     * Forward, x to y; or backward, x, y, dy (of an average: x, dy) to dx. All are row-major, of one dtype.
     */
    static void run(Routine.Pool pool, Shape x, Shape y, Tensor[] inputs, Tensor result) {
        var planes = new PoolPlanes(pool, x, y, result.dtype());
        long inputPlane = product(planes.input);
        long outputPlane = product(planes.output);
        long count = x.size() / Math.max(1, inputPlane);
        int width = Math.toIntExact(planes.output[2]);
        long perPlane = Math.max(1, Math.max(inputPlane, outputPlane * product(planes.window)));
        Workers.ranges(count, Math.max(1, GRAIN / perPlane), (first, last) -> {
            var line = planes.new Line(width);
            var winners = pool.backward() && pool.max() ? planes.new Winners(width) : null;
            for (long plane = first; plane < last; plane++) {
                long in = plane * inputPlane * planes.bytes;
                long out = plane * outputPlane * planes.bytes;
                if (pool.backward()) {
                    NativeMemory.segment(result.address() + in, inputPlane * planes.bytes).fill((byte) 0);
                }
                if (winners != null) {
                    winners.hand(inputs[0].address() + in, inputs[1].address() + out, inputs[2].address() + out,
                            result.address() + in);
                    continue;
                }
                for (long at = 0; at < planes.output[0] * planes.output[1]; at++) {
                    long y0 = out + at * width * planes.bytes;
                    if (pool.backward()) {
                        line.averageBackward(inputs[1].address() + y0, at, result.address() + in);
                    } else {
                        line.forward(pool.max(), inputs[0].address() + in, at, result.address() + y0);
                    }
                }
            }
        });
    }

    static long product(long[] dims) {
        return LongStream.of(dims).reduce(1, (a, b) -> a * b);
    }

    private double get(long address, long index) {
        return wide ? NativeMemory.getDouble(address + 8 * index)
                : NativeMemory.getFloat(address + 4 * index);
    }

    private void put(long address, long index, double value) {
        if (wide) {
            NativeMemory.putDouble(address + 8 * index, value);
        } else {
            NativeMemory.putFloat(address + 4 * index, (float) value);
        }
    }

    private interface Tap {
        /**
         * Output elements from {@code first} to before {@code last} meet the inputs from {@code source} on, a
         * stride apart.
         */
        void at(int first, int last, long source);
    }

    /** Room for one output line. */
    private final class Line {
        private final double[] value;
        private final int[] count;

        Line(int width) {
            value = new double[width];
            count = new int[width];
        }

        void forward(boolean max, long x, long at, long y) {
            int step = (int) stride[2];
            Arrays.fill(value, max ? Double.NEGATIVE_INFINITY : 0);
            Arrays.fill(count, 0);
            if (max) {
                taps(at, (first, last, source) -> {
                    for (int i = first; i < last; i++) {
                        value[i] = Math.max(value[i], get(x, source + (long) (i - first) * step));
                    }
                });
            } else {
                taps(at, (first, last, source) -> {
                    for (int i = first; i < last; i++) {
                        value[i] += get(x, source + (long) (i - first) * step);
                        count[i]++;
                    }
                });
            }
            for (int i = 0; i < value.length; i++) {
                put(y, i, max ? value[i] : value[i] / count[i]);
            }
        }

        void averageBackward(long dy, long at, long dx) {
            int step = (int) stride[2];
            Arrays.fill(count, 0);
            taps(at, (first, last, source) -> {
                for (int i = first; i < last; i++) {
                    count[i]++;
                }
            });
            taps(at, (first, last, source) -> {
                for (int i = first; i < last; i++) {
                    long place = source + (long) (i - first) * step;
                    put(dx, place, get(dx, place) + get(dy, i) / count[i]);
                }
            });
        }
    }

    /**
     * Hands each cotangent to the first element of its window that equals the maximum. Which one that is no processor
     * can guess, so there is no branch on it: some lines at a time are gathered and compared as bits.
     */
    private final class Winners {
        private final int width;
        private final int lines;
        private final long[] most;
        private final long[] here;
        private final long[] winner;
        private final long[] place;

        Winners(int width) {
            this.width = width;
            lines = (int) Math.clamp(BLOCK / Math.max(1, width), 1, Math.max(1, output[0] * output[1]));
            most = new long[lines * width];
            here = new long[lines * width];
            winner = new long[lines * width];
            place = new long[lines * width];
        }

        void hand(long x, long y, long dy, long dx) {
            long all = output[0] * output[1];
            for (long from = 0; from < all; from += lines) {
                int count = (int) Math.min(lines, all - from);
                long skipped = from * width * bytes;
                find(x, y + skipped, from, count);
                for (int i = 0; i < count * width; i++) {
                    if (winner[i] >= 0) {
                        put(dx, winner[i], get(dx, winner[i]) + get(dy + skipped, i));
                    }
                }
            }
        }

        private void find(long x, long y, long from, int count) {
            int size = count * width;
            for (int i = 0; i < size; i++) {
                most[i] = canonical(get(y, i));
            }
            Arrays.fill(winner, 0, size, -1);
            int step = (int) stride[2];
            for (var tap : taps) {
                Arrays.fill(here, 0, size, MISSING);
                for (int line = 0; line < count; line++) {
                    int start = line * width;
                    tap.over(from + line, (first, last, source) -> {
                        for (int i = first; i < last; i++) {
                            long at = source + (long) (i - first) * step;
                            here[start + i] = canonical(get(x, at));
                            place[start + i] = at;
                        }
                    });
                }
                for (int i = 0; i < size; i++) {
                    long differs = here[i] ^ most[i];
                    long takes = ~(differs | -differs) >> 63 & winner[i] >> 63;
                    winner[i] = winner[i] & ~takes | place[i] & takes;
                }
            }
        }

        /** The same bits for numbers that are equal, and for all that are none. */
        private static long canonical(double value) {
            return Double.doubleToLongBits(value + 0.0);
        }
    }

    /** Every tap of the windows of an output line. */
    private void taps(long at, Tap tap) {
        for (int number = 0; number < taps.length; number++) {
            taps[number].over(at, tap);
        }
    }

    /** One element of the window: which outputs of a line meet it within the input, the same for every line. */
    private final class Offset {
        private final long deep;
        private final long down;
        private final long across;
        private final int first;
        private final int last;

        Offset(long number) {
            deep = number / (window[1] * window[2]) - pad[0];
            down = number / window[2] % window[1] - pad[1];
            long offset = number % window[2] - pad[2];
            first = (int) Math.clamp(Math.ceilDiv(-offset, stride[2]), 0, output[2]);
            last = (int) Math.clamp(Math.ceilDiv(input[2] - offset, stride[2]), first, output[2]);
            across = offset + first * stride[2];
        }

        void over(long at, Tap tap) {
            long plane = at / output[1];
            long z = plane * stride[0] + deep;
            long y = (at - plane * output[1]) * stride[1] + down;
            if (z >= 0 && z < input[0] && y >= 0 && y < input[1]) {
                tap.at(first, last, (z * input[1] + y) * input[2] + across);
            }
        }
    }
}

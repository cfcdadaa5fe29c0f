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
    private static final long INFINITY = Double.doubleToRawLongBits(Double.POSITIVE_INFINITY);

    private final boolean wide;
    private final int bytes;
    private final long[] input;
    private final long[] output;
    private final long[] window;
    private final long[] stride;
    private final long[] pad;

    private PoolPlanes(Routine.Pool pool, Shape x, Shape y, DType dtype) {
        int axes = pool.window().size();
        this.wide = dtype == DType.F64;
        this.bytes = dtype.bytes();
        this.input = last(x, axes);
        this.output = last(y, axes);
        this.window = ConvolutionShape.three(pool.window(), 1);
        this.stride = ConvolutionShape.three(pool.stride(), 1);
        this.pad = ConvolutionShape.three(pool.padLow(), 0);
    }

    private static long[] last(Shape shape, int axes) {
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
            for (long plane = first; plane < last; plane++) {
                long in = plane * inputPlane * planes.bytes;
                long out = plane * outputPlane * planes.bytes;
                if (pool.backward()) {
                    NativeMemory.segment(result.address() + in, inputPlane * planes.bytes).fill((byte) 0);
                }
                for (long at = 0; at < planes.output[0] * planes.output[1]; at++) {
                    long y0 = out + at * width * planes.bytes;
                    if (!pool.backward()) {
                        line.forward(pool.max(), inputs[0].address() + in, at, result.address() + y0);
                    } else if (pool.max()) {
                        line.maxBackward(inputs[0].address() + in, inputs[1].address() + y0,
                                inputs[2].address() + y0, at, result.address() + in);
                    } else {
                        line.averageBackward(inputs[1].address() + y0, at, result.address() + in);
                    }
                }
            }
        });
    }

    private static long product(long[] dims) {
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

    /** 1 for zero, else 0. */
    private static long isZero(long bits) {
        return 1 ^ (bits | -bits) >>> 63;
    }

    /** 1 for the bits of a double that is no number, else 0. */
    private static long isNan(long bits) {
        return INFINITY - (bits & Long.MAX_VALUE) >>> 63;
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
        private final long[] most;
        private final long[] where;

        Line(int width) {
            value = new double[width];
            count = new int[width];
            most = new long[width];
            where = new long[width];
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

        /** The first that equals the maximum takes the cotangent. Which one, no processor can guess: no branch. */
        void maxBackward(long x, long y, long dy, long at, long dx) {
            int step = (int) stride[2];
            for (int i = 0; i < most.length; i++) {
                most[i] = Double.doubleToRawLongBits(get(y, i));
            }
            Arrays.fill(where, -1);
            taps(at, (first, last, source) -> {
                for (int i = first; i < last; i++) {
                    long place = source + (long) (i - first) * step;
                    long here = Double.doubleToRawLongBits(get(x, place));
                    long equal = isZero(here ^ most[i]) | isZero((here | most[i]) << 1) | isNan(here) & isNan(most[i]);
                    long takes = -equal & where[i] >> 63;
                    where[i] = where[i] & ~takes | place & takes;
                }
            });
            for (int i = 0; i < where.length; i++) {
                if (where[i] >= 0) {
                    put(dx, where[i], get(dx, where[i]) + get(dy, i));
                }
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

        private void taps(long at, Tap tap) {
            for (long deep = 0; deep < window[0]; deep++) {
                long z = at / output[1] * stride[0] + deep - pad[0];
                for (long down = 0; down < window[1]; down++) {
                    long y = at % output[1] * stride[1] + down - pad[1];
                    if (z < 0 || z >= input[0] || y < 0 || y >= input[1]) {
                        continue;
                    }
                    for (long across = 0; across < window[2]; across++) {
                        long offset = across - pad[2];
                        long first = Math.clamp(Math.ceilDiv(-offset, stride[2]), 0, output[2]);
                        long last = Math.clamp(Math.ceilDiv(input[2] - offset, stride[2]), first, output[2]);
                        tap.at((int) first, (int) last, (z * input[1] + y) * input[2] + offset
                                + first * stride[2]);
                    }
                }
            }
        }
    }
}

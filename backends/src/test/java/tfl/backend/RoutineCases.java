package tfl.backend;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import tfl.kernel.Kernel;
import tfl.kernel.Routine;
import tfl.kernel.Routine.Convolution;
import tfl.kernel.Routine.Pass;
import tfl.kernel.Routine.Pool;
import tfl.tensor.DType;
import tfl.tensor.Shape;
import tfl.tensor.Tensor;
import tfl.tensor.TensorType;

/** Routines whose results are determined element by element: order, transforms, convolution, pooling, random bits. */
final class RoutineCases {
    private RoutineCases() {}

    static Stream<Case> all() {
        return Stream.of(orders(), transforms(), convolutions(), pools(), bits()).flatMap(stream -> stream);
    }

    private static Case exact(Routine routine, Tensor input, TensorType... outputs) {
        return Case.exact(routine + " of " + input.type(), new Kernel.LibraryCall(routine), List.of(input), outputs);
    }

    private static Stream<Case> orders() {
        var cases = new ArrayList<Case>();
        for (var dtype : DType.values()) {
            if (dtype.isComplex()) {
                continue;
            }
            for (boolean flag : new boolean[] {false, true}) {
                for (var input : List.of(Values.special(dtype), Values.laid("transposed", dtype, 1, 9, 40),
                        Values.random(dtype, 2, 3, 1), Values.random(dtype, 2, 3, 0), Values.random(dtype, 3, 2,
                                3000))) {
                    var where = new TensorType(DType.I64, input.shape());
                    cases.add(exact(new Routine.Sort(dtype, flag), input, input.type(), where));
                    cases.add(exact(new Routine.Sort(dtype, flag), input, input.type()));
                    long k = Math.min(3, input.dim(input.rank() - 1));
                    var dims = input.shape().dims();
                    dims[dims.length - 1] = k;
                    cases.add(exact(new Routine.TopK(dtype, k, flag), input, new TensorType(dtype, Shape.of(dims)),
                            new TensorType(DType.I64, Shape.of(dims))));
                }
            }
        }
        var ties = Tensor.of(new float[] {2, 1, 2, 1, 2, 1, -0f, 0f});
        cases.add(exact(new Routine.Sort(DType.F32, false), ties, ties.type(), new TensorType(DType.I64,
                ties.shape())));
        cases.add(exact(new Routine.Sort(DType.F32, true), ties, ties.type(), new TensorType(DType.I64, ties.shape())));
        return cases.stream();
    }

    private static Stream<Case> transforms() {
        var cases = new ArrayList<Case>();
        for (long length : new long[] {1, 2, 3, 4, 5, 7, 8, 12, 15, 16, 17, 30, 49, 64, 97, 100, 121, 360, 1000,
                1024, 4096, 8192, 1 << 16}) {
            for (boolean inverse : new boolean[] {false, true}) {
                var input = Values.laid(length % 2 == 0 ? "transposed" : "dense", DType.C64, 1, 3, length);
                cases.add(new Case("fft " + input.type() + (inverse ? " inverse" : ""),
                        new Kernel.LibraryCall(new Routine.Fft(inverse)), List.of(input), List.of(input.type()), 4,
                        2e-6 * Math.sqrt(length) * 8));
            }
        }
        cases.add(exact(new Routine.Fft(false), Values.random(DType.C64, 1, 0, 8), new TensorType(DType.C64,
                Shape.of(0, 8))));
        return cases.stream();
    }

    private static Stream<Case> convolutions() {
        var cases = new ArrayList<Case>();
        var one = List.of(1L, 1L);
        var zero = List.of(0L, 0L);
        for (var dtype : List.of(DType.F32, DType.F64)) {
            for (var pass : Pass.values()) {
                cases.add(convolution(dtype, pass, one, zero, zero, one, 1, new long[] {2, 3, 7, 8}, 4, 3, 3));
                cases.add(convolution(dtype, pass, one, List.of(1L, 1L), List.of(1L, 1L), one, 1, new long[] {2, 3,
                        7, 8}, 4, 3, 3));
                cases.add(convolution(dtype, pass, List.of(2L, 3L), List.of(0L, 2L), List.of(1L, 0L), one, 1,
                        new long[] {2, 3, 9, 10}, 5, 3, 2));
                cases.add(convolution(dtype, pass, one, List.of(2L, 2L), List.of(2L, 2L), List.of(2L, 3L), 1,
                        new long[] {1, 2, 9, 11}, 3, 3, 2));
                cases.add(convolution(dtype, pass, one, one, one, one, 2, new long[] {2, 4, 6, 6}, 6, 3, 3));
                cases.add(convolution(dtype, pass, one, one, one, one, 4, new long[] {2, 4, 6, 6}, 4, 3, 3));
                cases.add(convolution(dtype, pass, List.of(2L), List.of(1L), List.of(0L), List.of(1L), 1,
                        new long[] {2, 3, 12}, 4, 3));
                cases.add(convolution(dtype, pass, List.of(1L, 2L, 1L), List.of(1L, 1L, 1L), List.of(1L, 0L, 1L),
                        List.of(1L, 1L, 1L), 1, new long[] {2, 2, 4, 5, 6}, 3, 3, 2, 3));
                cases.add(convolution(dtype, pass, one, zero, zero, one, 1, new long[] {2, 3, 5, 5}, 4, 1, 1));
                cases.add(convolution(dtype, pass, one, one, one, one, 1, new long[] {4, 16, 14, 14}, 16, 3, 3));
                cases.add(convolution(dtype, pass, one, zero, zero, one, 1, new long[] {0, 3, 5, 5}, 4, 3, 3));
            }
        }
        return cases.stream();
    }

    private static Case convolution(DType dtype, Pass pass, List<Long> stride, List<Long> low, List<Long> high,
            List<Long> dilation, long groups, long[] x, long channels, long... kernel) {
        int axes = kernel.length;
        var w = new long[axes + 2];
        var y = new long[axes + 2];
        w[0] = channels;
        w[1] = x[1] / groups;
        y[0] = x[0];
        y[1] = channels;
        var size = new ArrayList<Long>();
        for (int i = 0; i < axes; i++) {
            w[i + 2] = kernel[i];
            y[i + 2] = (x[i + 2] + low.get(i) + high.get(i) - (kernel[i] - 1) * dilation.get(i) - 1) / stride.get(i)
                    + 1;
            size.add(pass == Pass.WEIGHT ? kernel[i] : x[i + 2]);
        }
        var first = pass == Pass.INPUT ? y : x;
        var second = pass == Pass.WEIGHT ? y : w;
        var result = pass == Pass.FORWARD ? y : pass == Pass.INPUT ? x : w;
        var routine = new Convolution(dtype, pass, stride, low, high, dilation, groups, size);
        var a = Values.laid("transposed", dtype, 1, first);
        var b = Values.random(dtype, 2, second);
        return new Case(routine + " of " + a.type() + " and " + b.type(), new Kernel.LibraryCall(routine), List.of(a,
                b),
                List.of(new TensorType(dtype, Shape.of(result))), 16, dtype == DType.F64 ? 1e-11 : 2e-4);
    }

    private static Stream<Case> pools() {
        var cases = new ArrayList<Case>();
        for (var dtype : List.of(DType.F32, DType.F64)) {
            for (boolean max : new boolean[] {true, false}) {
                for (boolean backward : new boolean[] {false, true}) {
                    cases.add(pool(dtype, backward, max, List.of(2L, 2L), List.of(2L, 2L), List.of(0L, 0L),
                            List.of(0L, 0L), 2, 3, 6, 8));
                    cases.add(pool(dtype, backward, max, List.of(3L, 2L), List.of(2L, 1L), List.of(1L, 0L),
                            List.of(1L, 1L), 2, 3, 7, 9));
                    cases.add(pool(dtype, backward, max, List.of(3L), List.of(1L), List.of(1L), List.of(1L), 2, 11));
                    cases.add(pool(dtype, backward, max, List.of(2L, 2L, 2L), List.of(2L, 2L, 2L), List.of(0L, 0L, 0L),
                            List.of(1L, 1L, 1L), 1, 2, 5, 5, 5));
                }
            }
        }
        return cases.stream();
    }

    private static Case pool(DType dtype, boolean backward, boolean max, List<Long> window, List<Long> stride,
            List<Long> low,
            List<Long> high, long... x) {
        int lead = x.length - window.size();
        var y = x.clone();
        for (int i = 0; i < window.size(); i++) {
            y[lead + i] = (x[lead + i] + low.get(i) + high.get(i) - window.get(i)) / stride.get(i) + 1;
        }
        var routine = new Pool(dtype, backward, max, window, stride, low, high);
        var input = Values.laid("transposed", dtype, 1, x);
        var forward = Values.random(dtype, 2, y);
        // The gradient of MAX does not depend on y, which only saves searching twice; a backend may check it, so it
        // is true.
        var inputs = !backward ? List.of(input) : max ? List.of(input, maxima(routine, input, y), forward)
                : List.of(input, forward);
        return new Case(routine + " of " + input.type(), new Kernel.LibraryCall(routine), inputs,
                List.of(new TensorType(dtype, Shape.of(backward ? x : y))), 4, dtype == DType.F64 ? 1e-14 : 1e-6);
    }

    private static Tensor maxima(Pool pool, Tensor input, long[] y) {
        var forward = new Pool(pool.dtype(), false, true, pool.window(), pool.stride(), pool.padLow(), pool.padHigh());
        return BackendContract.reference(Case.exact("maxima", new Kernel.LibraryCall(forward), List.of(input),
                new TensorType(pool.dtype(), Shape.of(y))))[0];
    }

    private static Stream<Case> bits() {
        var cases = new ArrayList<Case>();
        for (long counter : new long[] {0, 1, 0xffffffffL, 0x123456789abcL}) {
            for (long size : new long[] {0, 1, 3, 4, 5, 1000, 100_001}) {
                cases.add(Case.exact("philox " + counter + ", " + size,
                        new Kernel.LibraryCall(new Routine.Philox(0x0123456789abcdefL, counter)), List.of(),
                        new TensorType(DType.I32, Shape.of(size))));
            }
        }
        return cases.stream();
    }
}

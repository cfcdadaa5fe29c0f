package tfl.backend.cpu;

import tfl.tensor.DType;
import tfl.tensor.Elements;
import tfl.tensor.NativeMemory;
import tfl.tensor.Tensor;

/** Matrix products as Java loops: exact for integers (they wrap), in f64 for f16 and bf16. */
final class LoopProduct {
    private static final long GRAIN = 1 << 14;

    private LoopProduct() {}

    static void run(ProductSizes sizes, Tensor a, Tensor b, Tensor result) {
        int m = Math.toIntExact(sizes.m());
        int n = Math.toIntExact(sizes.n());
        int k = Math.toIntExact(sizes.k());
        long grain = Math.max(1, GRAIN / Math.max(1, (long) n * k));
        if (result.dtype().isComplex()) {
            complexes(sizes.batch() * m, m, n, k, grain, pairs(a), pairs(b), result);
        } else if (result.dtype() == DType.F32) {
            floats(sizes.batch() * m, m, n, k, grain, a.toFloats(), b.toFloats(), result);
        } else if (result.dtype().isFloat()) {
            doubles(sizes.batch() * m, m, n, k, grain, a.toDoubles(), b.toDoubles(), result);
        } else {
            longs(sizes.batch() * m, m, n, k, grain, a.toLongs(), b.toLongs(), result);
        }
    }

    private static void floats(long rows, int m, int n, int k, long grain, float[] a, float[] b,
            Tensor result) {
        long to = result.address();
        int bytes = result.dtype().bytes();
        Workers.ranges(rows, grain, (first, last) -> {
            for (long row = first; row < last; row++) {
                int left = (int) row * k;
                int right = (int) (row / m) * k * n;
                var sums = new float[n];
                for (int p = 0; p < k; p++) {
                    float x = a[left + p];
                    for (int j = 0; j < n; j++) {
                        sums[j] += x * b[right + p * n + j];
                    }
                }
                for (int j = 0; j < n; j++) {
                    NativeMemory.putFloat(to + (row * n + j) * bytes, sums[j]);
                }
            }
        });
    }

    private static void doubles(long rows, int m, int n, int k, long grain, double[] a, double[] b,
            Tensor result) {
        long to = result.address();
        int bytes = result.dtype().bytes();
        Workers.ranges(rows, grain, (first, last) -> {
            for (long row = first; row < last; row++) {
                int left = (int) row * k;
                int right = (int) (row / m) * k * n;
                var sums = new double[n];
                for (int p = 0; p < k; p++) {
                    double x = a[left + p];
                    for (int j = 0; j < n; j++) {
                        sums[j] += x * b[right + p * n + j];
                    }
                }
                for (int j = 0; j < n; j++) {
                    Elements.putDouble(result.dtype(), to + (row * n + j) * bytes, sums[j]);
                }
            }
        });
    }

    private static void longs(long rows, int m, int n, int k, long grain, long[] a, long[] b, Tensor result) {
        long to = result.address();
        int bytes = result.dtype().bytes();
        Workers.ranges(rows, grain, (first, last) -> {
            for (long row = first; row < last; row++) {
                int left = (int) row * k;
                int right = (int) (row / m) * k * n;
                var sums = new long[n];
                for (int p = 0; p < k; p++) {
                    long x = a[left + p];
                    for (int j = 0; j < n; j++) {
                        sums[j] += x * b[right + p * n + j];
                    }
                }
                for (int j = 0; j < n; j++) {
                    Elements.putLong(result.dtype(), to + (row * n + j) * bytes, sums[j]);
                }
            }
        });
    }

    private static void complexes(long rows, int m, int n, int k, long grain, double[] a, double[] b,
            Tensor result) {
        long to = result.address();
        int bytes = result.dtype().bytes();
        Workers.ranges(rows, grain, (first, last) -> {
            for (long row = first; row < last; row++) {
                int left = (int) row * k;
                int right = (int) (row / m) * k * n;
                for (int j = 0; j < n; j++) {
                    double real = 0;
                    double imaginary = 0;
                    for (int p = 0; p < k; p++) {
                        int x = 2 * (left + p);
                        int y = 2 * (right + p * n + j);
                        real += a[x] * b[y] - a[x + 1] * b[y + 1];
                        imaginary += a[x] * b[y + 1] + a[x + 1] * b[y];
                    }
                    Elements.putComplex(to + (row * n + j) * bytes, real, imaginary);
                }
            }
        });
    }

    private static double[] pairs(Tensor tensor) {
        var real = tensor.part(false);
        var imaginary = tensor.part(true);
        var parts = new double[][] {real.toDoubles(), imaginary.toDoubles()};
        real.discard();
        imaginary.discard();
        var pairs = new double[2 * parts[0].length];
        for (int i = 0; i < pairs.length; i++) {
            pairs[i] = parts[i & 1][i >> 1];
        }
        return pairs;
    }
}

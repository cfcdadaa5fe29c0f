package tfl.backend.cpu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tfl.kernel.Kernel;
import tfl.tensor.DType;
import tfl.tensor.Shape;
import tfl.tensor.Tensor;
import tfl.tensor.TensorType;

class ContractionsTest {
    /** How an operand lies in memory. */
    enum Layout { DENSE, TRANSPOSED, SLICED, REVERSED, SHARED }

    @ParameterizedTest(name = "{0} {1} x {2}x{4} {5} @ {4}x{3} {6}")
    @CsvSource({
        "F32, '', 1, 1, 1, DENSE, DENSE",
        "F32, '', 3, 4, 5, DENSE, TRANSPOSED",
        "F32, '', 0, 4, 5, DENSE, DENSE",
        "F32, '', 3, 0, 5, DENSE, DENSE",
        "F32, '', 3, 4, 0, DENSE, DENSE",
        "F32, '0', 3, 4, 5, DENSE, DENSE",
        "F32, '', 40, 50, 60, DENSE, DENSE",
        "F32, '', 40, 50, 60, TRANSPOSED, TRANSPOSED",
        "F32, '', 40, 50, 60, SLICED, REVERSED",
        "F32, '', 41, 1, 1000, DENSE, SLICED",
        "F32, '', 1, 41, 1000, REVERSED, TRANSPOSED",
        "F32, '', 1, 1, 9000, DENSE, TRANSPOSED",
        "F32, '', 1, 1, 9000, SLICED, REVERSED",
        "F32, '', 3000, 2, 1, DENSE, DENSE",
        "F32, '', 300, 310, 20, TRANSPOSED, DENSE",
        "F32, '', 20, 300, 310, DENSE, TRANSPOSED",
        "F32, '', 8, 9, 20000, DENSE, TRANSPOSED",
        "F32, '5', 20, 21, 22, DENSE, SHARED",
        "F32, '5', 20, 21, 22, SHARED, TRANSPOSED",
        "F32, '2,3', 20, 21, 22, TRANSPOSED, SLICED",
        "F32, '70', 60, 61, 62, DENSE, TRANSPOSED",
        "F32, '300', 2, 3, 4, DENSE, DENSE",
        "F32, '2', 200, 1, 200, DENSE, SHARED",
        "F32, '', 120, 110, 130, DENSE, DENSE",
        "F32, '', 120, 110, 130, TRANSPOSED, DENSE",
        "F32, '', 120, 110, 130, DENSE, TRANSPOSED",
        "F32, '', 120, 110, 130, TRANSPOSED, TRANSPOSED",
        "F32, '', 120, 110, 130, SLICED, REVERSED",
        "F32, '', 1100, 1, 1000, DENSE, DENSE",
        "F32, '', 9, 1200, 100, DENSE, TRANSPOSED",
        "F32, '', 8, 9, 20000, TRANSPOSED, SLICED",
        "F32, '6', 60, 61, 62, DENSE, TRANSPOSED",
        "F32, '6', 60, 61, 62, TRANSPOSED, SHARED",
        "F32, '', 130, 47, 70, DENSE, DENSE",
        "F32, '', 131, 49, 71, TRANSPOSED, TRANSPOSED",
        "F32, '', 16, 1000, 17, REVERSED, SLICED",
        "F32, '4', 33, 65, 66, DENSE, SHARED",
        "F32, '2,2', 33, 65, 66, SLICED, TRANSPOSED",
        "F32, '', 70, 70, 1024, DENSE, DENSE",
        "F32, '', 70, 70, 1025, DENSE, DENSE",
        "F64, '', 131, 49, 71, DENSE, TRANSPOSED",
        "F64, '3', 64, 65, 66, TRANSPOSED, DENSE",
        "F64, '', 40, 50, 60, TRANSPOSED, DENSE",
        "F64, '', 400, 1, 400, DENSE, DENSE",
        "F64, '', 8, 9, 20000, TRANSPOSED, SLICED",
        "C64, '', 4, 5, 6, DENSE, TRANSPOSED",
        "C64, '', 40, 50, 60, TRANSPOSED, REVERSED",
        "C64, '', 400, 1, 400, TRANSPOSED, DENSE",
        "C64, '', 8, 9, 20000, DENSE, DENSE",
        "F16, '3', 20, 21, 22, DENSE, SHARED",
        "F16, '', 3, 4, 5, SLICED, DENSE",
        "BF16, '', 40, 50, 60, TRANSPOSED, SLICED",
        "I64, '', 40, 50, 60, TRANSPOSED, DENSE",
        "I32, '4', 40, 5, 60, DENSE, SHARED",
        "I16, '', 40, 50, 60, DENSE, REVERSED",
        "I8, '', 40, 50, 60, DENSE, DENSE",
        "U8, '', 4, 5, 60, DENSE, DENSE",
    })
    void givesWhatTheDefinitionSays(DType dtype, String batch, long m, long n, long k, Layout left,
    Layout right) {
        var dims = Arrays.stream(batch.split(",")).filter(text -> !text.isEmpty()).mapToLong(Long::parseLong)
                .toArray();
        var a = operand(dtype, dims, m, k, left, 1);
        var b = operand(dtype, dims, k, n, right, 2);
        var c = product(a, b, shape(dims, m, n));
        var expected = expected(a, b, Shape.of(dims).size(), m, n, k);
        double tolerance = switch (dtype) {
            case F64 -> 1e-10;
            case F16 -> 2e-3 * Math.sqrt(k + 1);
            case BF16 -> 2e-2 * Math.sqrt(k + 1);
            case F32, C64 -> 1e-4 * Math.sqrt(k + 1);
            default -> 0;
        };
        assertClose(expected, a.dtype().isComplex() ? pairs(c) : c.toDoubles(), dtype, tolerance);
    }

    @Test
    void propagatesNotANumber() {
        var a = Tensor.of(new float[] {Float.NaN, 1, 0, 1}, 2, 2);
        var b = Tensor.of(new float[] {0, 0, 1, 1}, 2, 2);
        assertArrayEquals(new double[] {Double.NaN, Double.NaN, 1, 1},
                product(a, b, Shape.of(2, 2)).toDoubles());
    }

    @Test
    void refusesTypesThatDoNotFit() {
        var type = new TensorType(DType.F32, Shape.of(2, 3));
        assertThrows(IllegalArgumentException.class,
                () -> Contractions.compile(new Kernel.Contract(DType.F32), List.of(type, type),
                List.of(type)));
    }

    private static Tensor product(Tensor a, Tensor b, Shape shape) {
        var kernel = new Kernel.Contract(a.dtype());
        var executable = Contractions.compile(kernel, List.of(a.type(), b.type()),
                List.of(new TensorType(a.dtype(), shape)));
        return executable.run(new Tensor[] {a, b}, 0)[0];
    }

    private static Shape shape(long[] batch, long rows, long columns) {
        var dims = Arrays.copyOf(batch, batch.length + 2);
        dims[batch.length] = rows;
        dims[batch.length + 1] = columns;
        return Shape.of(dims);
    }

    private static Tensor operand(DType dtype, long[] batch, long rows, long columns, Layout layout,
            int seed) {
        int rank = batch.length + 2;
        var swapped = java.util.stream.IntStream.range(0, rank).toArray();
        swapped[rank - 1] = rank - 2;
        swapped[rank - 2] = rank - 1;
        return switch (layout) {
            case DENSE -> Samples.tensor(dtype, seed, shape(batch, rows, columns));
            case TRANSPOSED -> Samples.tensor(dtype, seed, shape(batch, columns, rows)).permute(swapped);
            case SLICED -> Samples.tensor(dtype, seed, shape(batch, 2 * rows, 3 * columns))
                    .slice(rank - 2, 0, 2, rows)
                    .slice(rank - 1, 0, 3, columns);
            case REVERSED -> Samples.tensor(dtype, seed, shape(batch, rows, columns)).reverse(rank - 1);
            case SHARED -> Samples.tensor(dtype, seed, Shape.of(rows, columns))
                    .broadcastTo(shape(batch, rows, columns));
        };
    }

    private static double[] expected(Tensor a, Tensor b, long batch, long m, long n, long k) {
        boolean complex = a.dtype().isComplex();
        var x = complex ? pairs(a) : a.toDoubles();
        var y = complex ? pairs(b) : b.toDoubles();
        var sums = new double[(int) (batch * m * n) * (complex ? 2 : 1)];
        for (int q = 0; q < batch; q++) {
            for (int i = 0; i < m; i++) {
                for (int j = 0; j < n; j++) {
                    int at = (int) ((q * m + i) * n + j);
                    for (int p = 0; p < k; p++) {
                        int left = (int) ((q * m + i) * k + p);
                        int right = (int) ((q * k + p) * n + j);
                        if (complex) {
                            sums[2 * at] += x[2 * left] * y[2 * right] - x[2 * left + 1] * y[2 * right + 1];
                            sums[2 * at + 1] += x[2 * left] * y[2 * right + 1]
                                    + x[2 * left + 1] * y[2 * right];
                        } else {
                            sums[at] += x[left] * y[right];
                        }
                    }
                }
            }
        }
        return sums;
    }

    private static double[] pairs(Tensor tensor) {
        return Samples.pairs(tensor);
    }

    private static void assertClose(double[] expected, double[] actual, DType dtype, double tolerance) {
        assertEquals(expected.length, actual.length);
        for (int i = 0; i < expected.length; i++) {
            double wanted = dtype.isInteger() ? Tensor.scalar(dtype, (long) expected[i]).readDouble(0)
                    : expected[i];
            assertEquals(wanted, actual[i], tolerance, "element " + i);
        }
    }
}

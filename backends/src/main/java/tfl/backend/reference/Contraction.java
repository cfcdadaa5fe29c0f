package tfl.backend.reference;

import tfl.kernel.BinaryOp;
import tfl.kernel.Kernel.Fold;
import tfl.tensor.DType;
import tfl.tensor.Tensor;

/** Batched matrix products by the definition; floats are summed in doubles. */
final class Contraction {
    private Contraction() {}

    static void run(DType dtype, Tensor a, Tensor b, Tensor output) {
        int rank = output.rank();
        long rows = output.dim(rank - 2);
        long columns = output.dim(rank - 1);
        long inner = a.dim(rank - 1);
        long batches = output.size() == 0 ? 0 : output.size() / (rows * columns);
        for (long batch = 0; batch < batches; batch++) {
            if (dtype.isFloat()) {
                floats(a, b, output, batch, rows, inner, columns);
            } else {
                others(dtype, a, b, output, batch, rows, inner, columns);
            }
        }
    }

    private static void floats(Tensor a, Tensor b, Tensor output, long batch, long rows, long inner, long columns) {
        var left = matrix(a, batch, rows, inner);
        var right = matrix(b, batch, inner, columns);
        for (int i = 0; i < rows; i++) {
            var sums = new double[(int) columns];
            for (int k = 0; k < inner; k++) {
                for (int j = 0; j < columns; j++) {
                    sums[j] += left[i][k] * right[k][j];
                }
            }
            for (int j = 0; j < columns; j++) {
                Scalars.write(output.dtype(), output.address((batch * rows + i) * columns + j), sums[j]);
            }
        }
    }

    private static double[][] matrix(Tensor tensor, long batch, long rows, long columns) {
        var matrix = new double[(int) rows][(int) columns];
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                matrix[i][j] = tensor.readDouble((batch * rows + i) * columns + j);
            }
        }
        return matrix;
    }

    private static void others(DType dtype, Tensor a, Tensor b, Tensor output, long batch, long rows, long inner,
            long columns) {
        for (long i = 0; i < rows; i++) {
            for (long j = 0; j < columns; j++) {
                var sum = new Accumulator(dtype == DType.BOOL ? Fold.ANY : Fold.SUM, dtype);
                for (long k = 0; k < inner; k++) {
                    var x = Scalars.read(dtype, a.address((batch * rows + i) * inner + k));
                    var y = Scalars.read(dtype, b.address((batch * inner + k) * columns + j));
                    sum.add(Scalars.binary(dtype == DType.BOOL ? BinaryOp.AND : BinaryOp.MUL, dtype, x, y));
                }
                Scalars.write(dtype, output.address((batch * rows + i) * columns + j), sum.result());
            }
        }
    }
}

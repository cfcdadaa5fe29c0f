package tfl.lower;

import java.util.List;
import tfl.kernel.Routine;
import tfl.tensor.DType;
import tfl.tensor.TensorType;

/**
 * The textbook's counts of operations on numbers, where no kernel shows them: of factorisations those of Golub and Van
 * Loan, Matrix Computations, 4th edition, to the leading terms; of Fourier transforms what FFTW's benchmarks tell their
 * speed by. A multiplication and an addition of complex numbers are four times the work of real ones.
 */
final class RoutineWork {
    private static final long COMPLEX = 4;

    private RoutineWork() {}

    /** The operations of a routine; 0 where it moves and compares elements only, or a kernel of its own counts them. */
    static long flops(Routine routine, List<TensorType> inputs) {
        return switch (routine) {
            case Routine.Fft fft -> fourier(inputs.getFirst());
            case Routine.Lu lu -> matrices(inputs, lu.dtype(), RoutineWork::lu);
            case Routine.Solve solve -> matrices(inputs, solve.dtype(), (n, m) ->
                    lu(n, n) + 2 * n * n * columns(inputs.getLast()));
            case Routine.TriangularSolve solve -> matrices(inputs, solve.dtype(), (n, m) ->
                    n * n * columns(inputs.getLast()));
            case Routine.Cholesky cholesky -> matrices(inputs, cholesky.dtype(), (n, m) -> n * n * n / 3);
            case Routine.Qr qr -> matrices(inputs, qr.dtype(), (m, n) -> qr(m, n, qr.complete()));
            case Routine.Svd svd -> matrices(inputs, svd.dtype(), (m, n) ->
                    svd(Math.max(m, n), Math.min(m, n), svd.full()));
            case Routine.EighSymmetric eigh -> matrices(inputs, eigh.dtype(), (n, m) -> 9 * n * n * n);
            case Routine.EigGeneral eig -> matrices(inputs, eig.dtype(), (n, m) -> 25 * n * n * n);
            case Routine.Sort sort -> 0;
            case Routine.TopK top -> 0;
            case Routine.Convolution convolution -> 0;
            case Routine.Pool pool -> 0;
            case Routine.Philox philox -> 0;
        };
    }

    /** What is done with a matrix of so many rows and columns. */
    private interface Count {
        double of(double rows, double columns);
    }

    private static long matrices(List<TensorType> inputs, DType dtype, Count count) {
        var shape = inputs.getFirst().shape();
        long rows = shape.dim(shape.rank() - 2);
        long columns = columns(inputs.getFirst());
        long batch = shape.size() / Math.max(1, rows * columns);
        return batch * Math.round(count.of(rows, columns)) * (dtype.isComplex() ? COMPLEX : 1);
    }

    private static long columns(TensorType matrix) {
        return matrix.shape().dim(matrix.shape().rank() - 1);
    }

    /** 2n³/3 of a square matrix. */
    private static double lu(double rows, double columns) {
        double least = Math.min(rows, columns);
        return least * least * (Math.max(rows, columns) - least / 3);
    }

    /** By Householder's reflections: the triangle, and then the orthogonal factor of n columns or of all m. */
    private static double qr(double m, double n, boolean complete) {
        double least = Math.min(m, n);
        double triangle = 2 * lu(m, n);
        return triangle + (complete ? 4 * (m * m * least - m * least * least + least * least * least / 3)
                : 2 * lu(m, least));
    }

    /** By Golub and Reinsch, with the vectors of both sides. */
    private static double svd(double m, double n, boolean full) {
        return full ? 4 * m * m * n + 8 * m * n * n + 9 * n * n * n : 14 * m * n * n + 8 * n * n * n;
    }

    /** 5 n log₂ n for each line of n numbers. */
    private static long fourier(TensorType lines) {
        return Math.round(5 * lines.shape().size() * Math.log(Math.max(1, columns(lines))) / Math.log(2));
    }
}

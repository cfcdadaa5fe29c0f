package tfl.backend.reference;

import tfl.kernel.Routine;
import tfl.kernel.RoutineFailure;

/** {@link LinearSystems} of complex numbers. */
final class ComplexSystems {
    private ComplexSystems() {}

    /** Factors in place; the pivot is the largest by the sum of its parts' magnitudes, as in BLAS. */
    static Complex[][][] lu(Complex[][] a) {
        int columns = a.length == 0 ? 0 : a[0].length;
        int steps = Math.min(a.length, columns);
        var pivots = new double[steps];
        for (int k = 0; k < steps; k++) {
            int pivot = k;
            for (int i = k + 1; i < a.length; i++) {
                pivot = size(a[i][k]) > size(a[pivot][k]) ? i : pivot;
            }
            pivots[k] = pivot;
            var row = a[pivot];
            a[pivot] = a[k];
            a[k] = row;
            for (int i = k + 1; i < a.length && size(row[k]) != 0; i++) {
                a[i][k] = a[i][k].over(row[k]);
                for (int j = k + 1; j < columns; j++) {
                    a[i][j] = a[i][j].minus(a[i][k].times(row[j]));
                }
            }
        }
        return new Complex[][][] {a, ComplexMatrices.row(pivots)};
    }

    private static double size(Complex x) {
        return Math.abs(x.re()) + Math.abs(x.im());
    }

    static Complex[][][] solve(Complex[][] a, Complex[][] b) {
        var pivots = lu(a)[1][0];
        for (int k = 0; k < a.length; k++) {
            if (size(a[k][k]) == 0) {
                throw new RoutineFailure("the matrix is singular");
            }
            int pivot = (int) pivots[k].re();
            var row = b[pivot];
            b[pivot] = b[k];
            b[k] = row;
        }
        substitute(a, b, true, true);
        substitute(a, b, false, false);
        return new Complex[][][] {b};
    }

    static Complex[][][] triangular(Routine.TriangularSolve solve, Complex[][] a, Complex[][] b) {
        for (int k = 0; k < a.length; k++) {
            if (!solve.unitDiagonal() && size(a[k][k]) == 0) {
                throw new RoutineFailure("the triangular matrix is singular: its diagonal holds a zero");
            }
        }
        var matrix = solve.transposed() ? ComplexMatrices.transpose(a, a.length) : a;
        substitute(matrix, b, solve.lower() != solve.transposed(), solve.unitDiagonal());
        return new Complex[][][] {b};
    }

    /** Solves in place: forwards for a lower triangle, backwards for an upper one. */
    private static void substitute(Complex[][] a, Complex[][] b, boolean lower, boolean unit) {
        int n = a.length;
        for (int step = 0; step < n; step++) {
            int i = lower ? step : n - 1 - step;
            for (int j = 0; j < b[i].length; j++) {
                var sum = b[i][j];
                for (int k = lower ? 0 : i + 1; k < (lower ? i : n); k++) {
                    sum = sum.minus(a[i][k].times(b[k][j]));
                }
                b[i][j] = unit ? sum : sum.over(a[i][i]);
            }
        }
    }

    /** {@code a = l lᴴ}; of the diagonal of {@code a} the real parts are read. */
    static Complex[][][] cholesky(Complex[][] a) {
        int n = a.length;
        var l = ComplexMatrices.zeros(n, n);
        for (int j = 0; j < n; j++) {
            for (int i = j; i < n; i++) {
                var sum = a[i][j];
                for (int k = 0; k < j; k++) {
                    sum = sum.minus(l[i][k].times(l[j][k].conjugate()));
                }
                if (i == j && !(sum.re() > 0)) {
                    throw new RoutineFailure("the matrix is not positive definite");
                }
                l[i][j] = i == j ? new Complex(Math.sqrt(sum.re()), 0) : sum.times(1 / l[j][j].re());
            }
        }
        return new Complex[][][] {l};
    }
}

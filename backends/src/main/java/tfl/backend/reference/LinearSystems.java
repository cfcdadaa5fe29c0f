package tfl.backend.reference;

import tfl.kernel.Routine;
import tfl.kernel.RoutineFailure;

/** Elimination, Golub and Van Loan, "Matrix Computations", chapters 3 and 4. */
final class LinearSystems {
    private LinearSystems() {}

    /** Factors in place with partial pivoting; the second result is the row of pivots. */
    static double[][][] lu(double[][] a) {
        int columns = a.length == 0 ? 0 : a[0].length;
        int steps = Math.min(a.length, columns);
        var pivots = new double[steps];
        for (int k = 0; k < steps; k++) {
            int pivot = k;
            for (int i = k + 1; i < a.length; i++) {
                pivot = Math.abs(a[i][k]) > Math.abs(a[pivot][k]) ? i : pivot;
            }
            pivots[k] = pivot;
            var row = a[pivot];
            a[pivot] = a[k];
            a[k] = row;
            for (int i = k + 1; i < a.length && row[k] != 0; i++) {
                a[i][k] /= row[k];
                for (int j = k + 1; j < columns; j++) {
                    a[i][j] -= a[i][k] * row[j];
                }
            }
        }
        return new double[][][] {a, {pivots}};
    }

    static double[][][] solve(double[][] a, double[][] b) {
        var factors = lu(a);
        for (int k = 0; k < a.length; k++) {
            if (a[k][k] == 0) {
                throw new RoutineFailure("the matrix is singular");
            }
            int pivot = (int) factors[1][0][k];
            var row = b[pivot];
            b[pivot] = b[k];
            b[k] = row;
        }
        substitute(a, b, true, true);
        substitute(a, b, false, false);
        return new double[][][] {b};
    }

    static double[][][] triangular(Routine.TriangularSolve solve, double[][] a, double[][] b) {
        for (int k = 0; k < a.length; k++) {
            if (!solve.unitDiagonal() && a[k][k] == 0) {
                throw new RoutineFailure("the triangular matrix is singular: its diagonal holds a zero");
            }
        }
        var matrix = solve.transposed() ? Matrices.transpose(a, a.length) : a;
        substitute(matrix, b, solve.lower() != solve.transposed(), solve.unitDiagonal());
        return new double[][][] {b};
    }

    /** Solves in place: forwards for a lower triangle, backwards for an upper one. */
    private static void substitute(double[][] a, double[][] b, boolean lower, boolean unit) {
        int n = a.length;
        for (int step = 0; step < n; step++) {
            int i = lower ? step : n - 1 - step;
            for (int j = 0; j < b[i].length; j++) {
                double sum = b[i][j];
                for (int k = lower ? 0 : i + 1; k < (lower ? i : n); k++) {
                    sum -= a[i][k] * b[k][j];
                }
                b[i][j] = unit ? sum : sum / a[i][i];
            }
        }
    }

    static double[][][] cholesky(double[][] a) {
        int n = a.length;
        var l = new double[n][n];
        for (int j = 0; j < n; j++) {
            for (int i = j; i < n; i++) {
                double sum = a[i][j];
                for (int k = 0; k < j; k++) {
                    sum -= l[i][k] * l[j][k];
                }
                if (i == j && !(sum > 0)) {
                    throw new RoutineFailure("the matrix is not positive definite");
                }
                l[i][j] = i == j ? Math.sqrt(sum) : sum / l[j][j];
            }
        }
        return new double[][][] {l};
    }
}

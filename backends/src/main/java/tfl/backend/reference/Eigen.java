package tfl.backend.reference;

import java.util.Comparator;
import java.util.stream.IntStream;

/** Eigenvalues of symmetric matrices by cyclic Jacobi rotations (Golub and Van Loan, 8.5). */
final class Eigen {
    private static final int SWEEPS = 60;

    private Eigen() {}

    /** Eigenvalues in ascending order, and eigenvectors as columns; reads the lower triangle. */
    static double[][][] symmetric(double[][] a) {
        int n = a.length;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < i; j++) {
                a[j][i] = a[i][j];
            }
        }
        var vectors = Matrices.identity(n);
        boolean rotated = true;
        for (int sweep = 0; rotated && sweep < SWEEPS; sweep++) {
            rotated = false;
            for (int p = 0; p < n; p++) {
                for (int q = p + 1; q < n; q++) {
                    rotated |= annihilate(a, vectors, p, q);
                }
            }
        }
        var order = IntStream.range(0, n).boxed().sorted(Comparator.comparingDouble(i -> a[i][i]))
                .mapToInt(i -> i).toArray();
        var values = new double[n];
        var rows = new double[n][];
        for (int i = 0; i < n; i++) {
            values[i] = a[order[i]][order[i]];
            rows[i] = vectors[order[i]];
        }
        return new double[][][] {{values}, Matrices.transpose(rows, n)};
    }

    /** Makes {@code a[p][q]} zero; rows of {@code vectors} are the eigenvectors. */
    private static boolean annihilate(double[][] a, double[][] vectors, int p, int q) {
        if (Math.abs(a[p][q]) <= 1e-17 * Math.sqrt(Math.abs(a[p][p] * a[q][q])) || a[p][q] == 0) {
            return false;
        }
        double tau = (a[q][q] - a[p][p]) / (2 * a[p][q]);
        double t = Math.copySign(1, tau) / (Math.abs(tau) + Math.hypot(1, tau));
        double cosine = 1 / Math.hypot(1, t);
        double sine = cosine * t;
        for (var row : a) {
            double before = row[p];
            row[p] = cosine * before - sine * row[q];
            row[q] = sine * before + cosine * row[q];
        }
        Orthogonal.rotate(a[p], a[q], cosine, sine);
        a[p][q] = 0;
        a[q][p] = 0;
        Orthogonal.rotate(vectors[p], vectors[q], cosine, sine);
        return true;
    }
}

package tfl.backend.reference;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** QR by Householder reflections and SVD by one-sided Jacobi rotations (Golub and Van Loan, 5.2 and 8.6). */
final class Orthogonal {
    private static final int SWEEPS = 60;

    private Orthogonal() {}

    static double[][][] qr(double[][] a, boolean complete) {
        int m = a.length;
        int n = m == 0 ? 0 : a[0].length;
        int k = Math.min(m, n);
        var q = Matrices.identity(m);
        for (int j = 0; j < k; j++) {
            reflect(a, q, j);
        }
        return new double[][][] {Matrices.corner(q, m, complete ? m : k), Matrices.corner(a, complete ? m : k, n)};
    }

    /** Makes column j of {@code r} zero below the diagonal, with the sign that LAPACK gives. */
    private static void reflect(double[][] r, double[][] q, int j) {
        int m = r.length;
        double norm = 0;
        for (int i = j; i < m; i++) {
            norm = Math.hypot(norm, r[i][j]);
        }
        double rest = 0;
        for (int i = j + 1; i < m; i++) {
            rest = Math.max(rest, Math.abs(r[i][j]));
        }
        if (rest == 0) {
            return;
        }
        var v = new double[m];
        for (int i = j; i < m; i++) {
            v[i] = r[i][j];
        }
        v[j] += Math.copySign(norm, v[j]);
        double square = Arrays.stream(v).map(x -> x * x).sum();
        for (int c = j; c < r[0].length; c++) {
            double dot = 0;
            for (int i = j; i < m; i++) {
                dot += v[i] * r[i][c];
            }
            for (int i = j; i < m; i++) {
                r[i][c] = c == j && i > j ? 0 : r[i][c] - 2 * dot / square * v[i];
            }
        }
        for (var row : q) {
            double dot = 0;
            for (int i = j; i < m; i++) {
                dot += row[i] * v[i];
            }
            for (int i = j; i < m; i++) {
                row[i] -= 2 * dot / square * v[i];
            }
        }
    }

    /** The columns are counted, since a matrix without rows shows none. */
    static double[][][] svd(double[][] a, int n, boolean full) {
        int m = a.length;
        if (m < n) {
            var t = svd(Matrices.transpose(a, n), m, full);
            return new double[][][] {Matrices.transpose(t[2], m), t[1], Matrices.transpose(t[0], full ? n : m)};
        }
        var u = Matrices.transpose(a, n);
        var v = Matrices.identity(n);
        boolean rotated = true;
        for (int sweep = 0; rotated && sweep < SWEEPS; sweep++) {
            rotated = false;
            for (int p = 0; p < n; p++) {
                for (int q = p + 1; q < n; q++) {
                    rotated |= orthogonalise(u, v, p, q);
                }
            }
        }
        return sorted(u, v, m, full);
    }

    /** Rotates rows p and q of both until those of {@code u} are orthogonal; whether that was needed. */
    private static boolean orthogonalise(double[][] u, double[][] v, int p, int q) {
        double pp = dot(u[p], u[p]);
        double qq = dot(u[q], u[q]);
        double pq = dot(u[p], u[q]);
        if (Math.abs(pq) <= 1e-15 * Math.sqrt(pp * qq)) {
            return false;
        }
        double zeta = (qq - pp) / (2 * pq);
        double t = Math.copySign(1, zeta) / (Math.abs(zeta) + Math.hypot(1, zeta));
        double cosine = 1 / Math.hypot(1, t);
        rotate(u[p], u[q], cosine, cosine * t);
        rotate(v[p], v[q], cosine, cosine * t);
        return true;
    }

    static void rotate(double[] x, double[] y, double cosine, double sine) {
        for (int i = 0; i < x.length; i++) {
            double before = x[i];
            x[i] = cosine * before - sine * y[i];
            y[i] = sine * before + cosine * y[i];
        }
    }

    static double dot(double[] x, double[] y) {
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            sum += x[i] * y[i];
        }
        return sum;
    }

    /** Rows of {@code u} are singular vectors times their values; puts them in descending order. */
    private static double[][][] sorted(double[][] u, double[][] v, int m, boolean full) {
        int n = u.length;
        var norms = Arrays.stream(u).mapToDouble(row -> Math.sqrt(dot(row, row))).toArray();
        var order = IntStream.range(0, n).boxed().sorted(Comparator.comparingDouble(i -> -norms[i]))
                .mapToInt(i -> i).toArray();
        var basis = new double[full ? m : n][];
        var values = new double[n];
        var right = new double[n][];
        for (int i = 0; i < n; i++) {
            values[i] = norms[order[i]];
            right[i] = v[order[i]];
            double scale = values[i] > 1e-300 ? 1 / values[i] : 0;
            basis[i] = scale == 0 ? null : Arrays.stream(u[order[i]]).map(x -> x * scale).toArray();
        }
        complete(basis, m);
        return new double[][][] {Matrices.transpose(basis, m), {values}, right};
    }

    /** Fills missing rows with unit vectors, made orthogonal to the others (Gram and Schmidt, twice). */
    private static void complete(double[][] basis, int m) {
        int unit = 0;
        for (int i = 0; i < basis.length; i++) {
            while (basis[i] == null) {
                var row = new double[m];
                row[unit++] = 1;
                for (int pass = 0; pass < 2; pass++) {
                    for (var other : basis) {
                        double overlap = other == null ? 0 : dot(row, other);
                        for (int k = 0; overlap != 0 && k < m; k++) {
                            row[k] -= overlap * other[k];
                        }
                    }
                }
                double norm = Math.sqrt(dot(row, row));
                // One of the m unit vectors always keeps at least this much.
                basis[i] = norm * norm * m < 0.5 ? null : Arrays.stream(row).map(x -> x / norm).toArray();
            }
        }
    }
}

package tfl.backend.reference;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * {@link Orthogonal} and {@link Eigen} of complex numbers. Before two columns are rotated, the second is turned in the
 * complex plane, which makes what the rotation shall annihilate real.
 */
final class ComplexOrthogonal {
    private static final int SWEEPS = 60;

    private ComplexOrthogonal() {}

    static Complex[][][] qr(Complex[][] a, boolean complete) {
        int m = a.length;
        int n = m == 0 ? 0 : a[0].length;
        int k = Math.min(m, n);
        var q = ComplexMatrices.identity(m);
        for (int j = 0; j < k; j++) {
            reflect(a, q, j);
        }
        int rows = complete ? m : k;
        return new Complex[][][] {ComplexMatrices.corner(q, m, rows), ComplexMatrices.corner(a, rows, n)};
    }

    /** Makes column j of {@code r} zero below the diagonal and real on it, with the sign that LAPACK gives. */
    private static void reflect(Complex[][] r, Complex[][] q, int j) {
        int m = r.length;
        double norm = 0;
        double rest = Math.abs(r[j][j].im());
        for (int i = j; i < m; i++) {
            norm = Math.hypot(norm, r[i][j].abs());
            rest = i == j ? rest : Math.max(rest, r[i][j].abs());
        }
        if (rest == 0) {
            return;
        }
        var v = new Complex[m];
        Arrays.setAll(v, i -> i < j ? Complex.ZERO : r[i][j]);
        var beta = new Complex(-Math.copySign(norm, v[j].re()), 0);
        // I - tau v vᴴ with v[j] = 1, LAPACK's clarfg
        var tau = beta.minus(v[j]).over(beta);
        var first = v[j].minus(beta);
        Arrays.setAll(v, i -> i == j ? Complex.ONE : v[i].over(first));
        for (int c = j; c < r[0].length; c++) {
            var dot = ComplexMatrices.dot(v, column(r, c)).times(tau.conjugate());
            for (int i = j; i < m; i++) {
                r[i][c] = c > j ? r[i][c].minus(dot.times(v[i])) : i > j ? Complex.ZERO : beta;
            }
        }
        for (var row : q) {
            var dot = Complex.ZERO;
            for (int i = j; i < m; i++) {
                dot = dot.plus(row[i].times(v[i]));
            }
            for (int i = j; i < m; i++) {
                row[i] = row[i].minus(tau.times(dot).times(v[i].conjugate()));
            }
        }
    }

    private static Complex[] column(Complex[][] a, int j) {
        return Arrays.stream(a).map(row -> row[j]).toArray(Complex[]::new);
    }

    /** The columns are counted, since a matrix without rows shows none. */
    static Complex[][][] svd(Complex[][] a, int n, boolean full) {
        int m = a.length;
        if (m < n) {
            var t = svd(ComplexMatrices.adjoint(a, n), m, full);
            return new Complex[][][] {ComplexMatrices.adjoint(t[2], m), t[1],
                ComplexMatrices.adjoint(t[0], full ? n : m)};
        }
        var u = ComplexMatrices.transpose(a, n);
        var v = ComplexMatrices.identity(n);
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

    /** Rotates rows p and q of both, which are columns, until those of {@code u} are orthogonal. */
    private static boolean orthogonalise(Complex[][] u, Complex[][] v, int p, int q) {
        double pp = ComplexMatrices.dot(u[p], u[p]).re();
        double qq = ComplexMatrices.dot(u[q], u[q]).re();
        var pq = ComplexMatrices.dot(u[p], u[q]);
        double size = pq.abs();
        if (size <= 1e-15 * Math.sqrt(pp * qq)) {
            return false;
        }
        double tangent = tangent((qq - pp) / (2 * size));
        for (var rows : new Complex[][][] {u, v}) {
            rows[q] = ComplexMatrices.scaled(rows[q], pq.conjugate().times(1 / size));
            rotate(rows, p, q, tangent);
        }
        return true;
    }

    private static double tangent(double cotangentOfTwice) {
        return Math.copySign(1, cotangentOfTwice) / (Math.abs(cotangentOfTwice) + Math.hypot(1, cotangentOfTwice));
    }

    private static void rotate(Complex[][] rows, int p, int q, double tangent) {
        double cosine = 1 / Math.hypot(1, tangent);
        ComplexMatrices.rotate(rows[p], rows[q], cosine, cosine * tangent);
    }

    /** Rows of {@code u} are singular vectors times their values; puts them in descending order. */
    private static Complex[][][] sorted(Complex[][] u, Complex[][] v, int m, boolean full) {
        int n = u.length;
        var norms = Arrays.stream(u).mapToDouble(ComplexMatrices::norm).toArray();
        var order = order(n, i -> -norms[i]);
        var basis = new Complex[full ? m : n][];
        var values = new double[n];
        var right = new Complex[n][];
        for (int i = 0; i < n; i++) {
            values[i] = norms[order[i]];
            right[i] = v[order[i]];
            basis[i] = values[i] > 1e-300 ? ComplexMatrices.scaled(u[order[i]], new Complex(1 / values[i], 0)) : null;
        }
        complete(basis, m);
        return new Complex[][][] {ComplexMatrices.transpose(basis, m), ComplexMatrices.row(values),
            ComplexMatrices.conjugate(right)};
    }

    private static int[] order(int n, java.util.function.IntToDoubleFunction key) {
        return IntStream.range(0, n).boxed().sorted(Comparator.comparingDouble(key::applyAsDouble))
                .mapToInt(i -> i).toArray();
    }

    /** Fills missing rows with unit vectors, made orthogonal to the others (Gram and Schmidt, twice). */
    private static void complete(Complex[][] basis, int m) {
        int unit = 0;
        for (int i = 0; i < basis.length; i++) {
            while (basis[i] == null) {
                var row = ComplexMatrices.identity(m)[unit++];
                for (int pass = 0; pass < 2; pass++) {
                    for (var other : basis) {
                        if (other != null) {
                            ComplexMatrices.add(row, ComplexMatrices.dot(other, row).times(-1), other);
                        }
                    }
                }
                double norm = ComplexMatrices.norm(row);
                // One of the m unit vectors always keeps at least this much.
                basis[i] = norm * norm * m < 0.5 ? null : ComplexMatrices.scaled(row, new Complex(1 / norm, 0));
            }
        }
    }

    /** Eigenvalues of a Hermitian matrix, ascending, and eigenvectors as columns; reads the lower triangle. */
    static Complex[][][] hermitian(Complex[][] a) {
        int n = a.length;
        for (int i = 0; i < n; i++) {
            a[i][i] = new Complex(a[i][i].re(), 0);
            for (int j = 0; j < i; j++) {
                a[j][i] = a[i][j].conjugate();
            }
        }
        var vectors = ComplexMatrices.identity(n);
        boolean rotated = true;
        for (int sweep = 0; rotated && sweep < SWEEPS; sweep++) {
            rotated = false;
            for (int p = 0; p < n; p++) {
                for (int q = p + 1; q < n; q++) {
                    rotated |= annihilate(a, vectors, p, q);
                }
            }
        }
        var order = order(n, i -> a[i][i].re());
        var rows = Arrays.stream(order).mapToObj(i -> vectors[i]).toArray(Complex[][]::new);
        var values = Arrays.stream(order).mapToDouble(i -> a[i][i].re()).toArray();
        return new Complex[][][] {ComplexMatrices.row(values), ComplexMatrices.transpose(rows, n)};
    }

    /** Makes {@code a[p][q]} zero; rows of {@code vectors} are the eigenvectors. */
    private static boolean annihilate(Complex[][] a, Complex[][] vectors, int p, int q) {
        double size = a[p][q].abs();
        if (size <= 1e-17 * Math.sqrt(Math.abs(a[p][p].re() * a[q][q].re())) || size == 0) {
            return false;
        }
        var turn = a[p][q].conjugate().times(1 / size);
        double tangent = tangent((a[q][q].re() - a[p][p].re()) / (2 * size));
        double cosine = 1 / Math.hypot(1, tangent);
        for (var row : a) {
            var x = row[p];
            var y = row[q].times(turn);
            row[p] = x.times(cosine).minus(y.times(cosine * tangent));
            row[q] = x.times(cosine * tangent).plus(y.times(cosine));
        }
        a[q] = ComplexMatrices.scaled(a[q], turn.conjugate());
        rotate(a, p, q, tangent);
        a[p][q] = Complex.ZERO;
        a[q][p] = Complex.ZERO;
        a[p][p] = new Complex(a[p][p].re(), 0);
        a[q][q] = new Complex(a[q][q].re(), 0);
        vectors[q] = ComplexMatrices.scaled(vectors[q], turn);
        rotate(vectors, p, q, tangent);
        return true;
    }
}

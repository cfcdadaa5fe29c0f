package tfl.backend.reference;

import tfl.kernel.RoutineFailure;
import tfl.tensor.Elements;
import tfl.tensor.Tensor;

/**
 * Eigenvalues of any square matrix: the QR algorithm on the complex matrix, with Wilkinson's shifts and Givens
 * rotations
 * (Golub and Van Loan, 7.3 to 7.5), gives a Schur form; its eigenvectors come by substitution.
 */
final class GeneralEigen {
    private final int n;
    /** The matrix, in the end upper triangular. */
    private final Complex[][] t;
    /** The unitary basis in which it is {@link #t}. */
    private final Complex[][] basis;

    private GeneralEigen(Complex[][] a) {
        this.n = a.length;
        this.t = a;
        this.basis = ComplexMatrices.identity(n);
    }

    static void run(Tensor input, Tensor values, Tensor vectors) {
        for (long batch = 0; batch < Matrices.batches(input); batch++) {
            var eigen = new GeneralEigen(ComplexMatrices.read(input, batch));
            eigen.hessenberg();
            eigen.schur();
            eigen.write(values, vectors, batch);
        }
    }

    /** Zeros below the first subdiagonal. */
    private void hessenberg() {
        for (int j = 0; j < n - 2; j++) {
            for (int i = n - 1; i > j + 1; i--) {
                if (t[i][j].abs() != 0) {
                    rotate(i - 1, i, t[i - 1][j], t[i][j]);
                    t[i][j] = Complex.ZERO;
                }
            }
        }
    }

    /** A similarity by the rotation of axes p and q that takes (x, y) to (r, 0). */
    private void rotate(int p, int q, Complex x, Complex y) {
        double norm = Math.hypot(x.abs(), y.abs());
        var c = x.times(1 / norm);
        var s = y.times(1 / norm);
        for (int j = 0; j < n; j++) {
            var upper = t[p][j];
            t[p][j] = c.conjugate().times(upper).plus(s.conjugate().times(t[q][j]));
            t[q][j] = c.times(t[q][j]).minus(s.times(upper));
        }
        columns(t, p, q, c, s);
        columns(basis, p, q, c, s);
    }

    private void columns(Complex[][] matrix, int p, int q, Complex c, Complex s) {
        for (var row : matrix) {
            var left = row[p];
            row[p] = left.times(c).plus(row[q].times(s));
            row[q] = row[q].times(c.conjugate()).minus(left.times(s.conjugate()));
        }
    }

    private void schur() {
        int low = n - 1;
        for (int step = 0; low > 0; step++) {
            if (step > 100 * n) {
                throw new RoutineFailure("the eigenvalues did not converge; does the matrix hold NaN or inf?");
            }
            double scale = t[low][low].abs() + t[low - 1][low - 1].abs();
            if (t[low][low - 1].abs() <= 1e-16 * (scale == 0 ? 1 : scale)) {
                t[low][low - 1] = Complex.ZERO;
                low--;
                continue;
            }
            int high = low - 1;
            while (high > 0 && t[high][high - 1].abs() > 1e-16 * (t[high][high].abs() + t[high - 1][high - 1].abs())) {
                high--;
            }
            sweep(high, low, step % 11 == 10 ? t[low][low].plus(t[low][low - 1]) : shift(low));
        }
    }

    /** The eigenvalue of the last two by two block that is nearer to its corner. */
    private Complex shift(int low) {
        var a = t[low - 1][low - 1];
        var d = t[low][low];
        var half = a.minus(d).times(0.5);
        var root = half.times(half).plus(t[low - 1][low].times(t[low][low - 1])).sqrt();
        var plus = d.plus(half).plus(root);
        var minus = d.plus(half).minus(root);
        return plus.minus(d).abs() < minus.minus(d).abs() ? plus : minus;
    }

    /** One implicit step: a first rotation made of the shift, then the bulge is chased down. */
    private void sweep(int high, int low, Complex shift) {
        rotate(high, high + 1, t[high][high].minus(shift), t[high + 1][high]);
        for (int j = high; j < low - 1; j++) {
            if (t[j + 2][j].abs() != 0) {
                rotate(j + 1, j + 2, t[j + 1][j], t[j + 2][j]);
            }
            t[j + 2][j] = Complex.ZERO;
        }
    }

    private void write(Tensor values, Tensor vectors, long batch) {
        for (int k = 0; k < n; k++) {
            var value = t[k][k];
            Elements.putComplex(values.address(batch * n + k), value.re(), value.im());
            var vector = vector(k);
            for (int i = 0; i < n; i++) {
                Elements.putComplex(vectors.address((batch * n + i) * n + k), vector[i].re(), vector[i].im());
            }
        }
    }

    /** The unit eigenvector of the k-th eigenvalue, in the original axes. */
    private Complex[] vector(int k) {
        var y = new Complex[n];
        for (int i = n - 1; i >= 0; i--) {
            y[i] = i == k ? Complex.ONE : Complex.ZERO;
            if (i < k) {
                var sum = t[i][k];
                for (int j = i + 1; j < k; j++) {
                    sum = sum.plus(t[i][j].times(y[j]));
                }
                var gap = t[k][k].minus(t[i][i]);
                // A repeated eigenvalue: the smallest gap that can be divided by, as LAPACK's trevc does.
                y[i] = sum.over(gap.abs() < 1e-14 ? new Complex(1e-14, 0) : gap);
            }
        }
        var result = new Complex[n];
        double norm = 0;
        for (int i = 0; i < n; i++) {
            result[i] = Complex.ZERO;
            for (int j = 0; j < n; j++) {
                result[i] = result[i].plus(basis[i][j].times(y[j]));
            }
            norm = Math.hypot(norm, result[i].abs());
        }
        for (int i = 0; i < n; i++) {
            result[i] = result[i].times(1 / norm);
        }
        return result;
    }
}

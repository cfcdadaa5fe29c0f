package tfl.backend.cpu;

import tfl.kernel.RoutineFailure;
import tfl.tensor.DType;
import tfl.tensor.Elements;
import tfl.tensor.NativeMemory;

/** QR, singular values and eigenvalues of one matrix. */
final class Decompositions {
    private Decompositions() {}

    /**
     * The transpose is {@code l q}, so the matrix is {@code q' l'}: both lie there row-major as they should. The
     * transpose of a unitary matrix is unitary.
     */
    static void qr(boolean complete, MatrixRoutine matrices, int index) {
        int m = matrices.rows(0);
        int n = matrices.columns(0);
        int k = Math.min(m, n);
        int columns = complete ? m : k;
        var dtype = matrices.dtype;
        long bytes = dtype.bytes();
        var q = matrices.output(0, index);
        var r = matrices.output(1, index);
        q.fill((byte) 0);
        r.fill((byte) 0);
        if (k == 0) {
            for (long i = 0; i < columns; i++) {
                Elements.putDouble(dtype, q.address() + i * (columns + 1) * bytes, 1);
            }
            return;
        }
        try (var work = Scratch.elements(dtype, m, n); var tau = Scratch.elements(dtype, k)) {
            matrices.copy(0, index, work.address());
            Lapack.GELQF.call(dtype, n, m, work.segment(), n, tau.segment());
            for (long i = 0; i < m; i++) {
                NativeMemory.copy(work.address() + i * n * bytes, q.address() + i * columns * bytes,
                        k * bytes);
            }
            for (long i = 0; i < k; i++) {
                NativeMemory.copy(work.address() + i * (n + 1) * bytes, r.address() + i * (n + 1) * bytes,
                        (n - i) * bytes);
            }
            Lapack.ORGLQ.call(dtype, columns, m, k, q, columns, tau.segment());
        }
    }

    /** The transpose is {@code v s u'}, whose column-major factors are our row-major ones, complex ones too. */
    static void svd(boolean full, MatrixRoutine matrices, int index) {
        int m = matrices.rows(0);
        int n = matrices.columns(0);
        int k = Math.min(m, n);
        var dtype = matrices.dtype;
        var u = matrices.output(0, index);
        var vh = matrices.output(2, index);
        if (k == 0) {
            identity(dtype, u.address(), full ? m : 0);
            identity(dtype, vh.address(), full ? n : 0);
            return;
        }
        try (var work = Scratch.elements(dtype, m, n)) {
            matrices.copy(0, index, work.address());
            matrices.requireFinite(work.address(), (long) m * n, index);
            int failed = Lapack.GESDD.call(dtype, (byte) (full ? 'A' : 'S'), n, m, work.segment(), n,
                    matrices.output(1, index), vh, n, u, full ? m : k);
            requireConvergence(failed, matrices, index);
        }
    }

    private static void identity(DType dtype, long address, long n) {
        for (long i = 0; i < n * n; i++) {
            Elements.putDouble(dtype, address + i * dtype.bytes(), i % (n + 1) == 0 ? 1 : 0);
        }
    }

    /**
     * The row-major lower triangle is the column-major upper one; the vectors come out as columns and are
     * turned. That transpose of a complex matrix has conjugate vectors, so it is copied as columns.
     */
    static void symmetric(MatrixRoutine matrices, int index) {
        int n = matrices.rows(0);
        if (n == 0) {
            return;
        }
        try (var work = Scratch.elements(matrices.dtype, n, n)) {
            boolean complex = matrices.dtype.isComplex();
            if (complex) {
                matrices.copyTransposed(0, index, work.address());
            } else {
                matrices.copy(0, index, work.address());
            }
            matrices.requireFinite(work.address(), (long) n * n, index);
            int failed = Lapack.SYEVD.call(matrices.dtype, (byte) 'V', (byte) (complex ? 'L' : 'U'), n,
                    work.segment(), n, matrices.output(0, index));
            requireConvergence(failed, matrices, index);
            matrices.transpose(work.tensor(), 1, index);
        }
    }

    static void general(MatrixRoutine matrices, int index) {
        int n = matrices.rows(0);
        if (n > 0 && matrices.dtype.isComplex()) {
            complex(matrices, n, index);
        } else if (n > 0) {
            real(matrices, n, index);
        }
    }

    private static void complex(MatrixRoutine matrices, int n, int index) {
        var dtype = matrices.dtype;
        try (var work = Scratch.elements(dtype, n, n); var right = Scratch.elements(dtype, n, n)) {
            matrices.copyTransposed(0, index, work.address());
            matrices.requireFinite(work.address(), (long) n * n, index);
            int failed = Lapack.GEEV_COMPLEX.call(dtype, (byte) 'N', (byte) 'V', n, work.segment(), n,
                    matrices.output(0, index), right.segment(), n, right.segment(), n);
            requireConvergence(failed, matrices, index);
            matrices.transpose(right.tensor(), 1, index);
        }
    }

    private static void real(MatrixRoutine matrices, int n, int index) {
        var dtype = matrices.dtype;
        try (var work = Scratch.elements(dtype, n, n); var right = Scratch.elements(dtype, n, n);
                var real = Scratch.elements(dtype, n); var imaginary = Scratch.elements(dtype, n)) {
            matrices.copyTransposed(0, index, work.address());
            matrices.requireFinite(work.address(), (long) n * n, index);
            int failed = Lapack.GEEV.call(dtype, (byte) 'N', (byte) 'V', n, work.segment(), n, real.segment(),
                    imaginary.segment(), right.segment(), n, right.segment(), n);
            requireConvergence(failed, matrices, index);
            pair(dtype, n, real.address(), imaginary.address(), right.address(),
                    matrices.output(0, index).address(), matrices.output(1, index).address());
        }
    }

    /** Conjugate pairs share two columns: the real and the imaginary parts of the first one's vector. */
    private static void pair(DType dtype, int n, long real, long imaginary, long right, long values,
            long vectors) {
        long bytes = dtype.bytes();
        for (long j = 0; j < n; j++) {
            double im = Elements.getDouble(dtype, imaginary + j * bytes);
            Elements.putComplex(values + 8 * j, Elements.getDouble(dtype, real + j * bytes), im);
            long first = im < 0 ? j - 1 : j;
            for (long i = 0; i < n; i++) {
                double x = Elements.getDouble(dtype, right + (first * n + i) * bytes);
                double y = im == 0 ? 0 : Elements.getDouble(dtype, right + ((first + 1) * n + i) * bytes);
                Elements.putComplex(vectors + 8 * (i * n + j), x, im < 0 ? -y : y);
            }
        }
    }

    private static void requireConvergence(int failed, MatrixRoutine matrices, int index) {
        if (failed > 0) {
            throw new RoutineFailure("the decomposition of " + matrices.subject(index) + " did not converge");
        }
    }
}

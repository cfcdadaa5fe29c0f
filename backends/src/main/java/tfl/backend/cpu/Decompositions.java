package tfl.backend.cpu;

import java.lang.foreign.MemorySegment;
import tfl.kernel.RoutineFailure;
import tfl.tensor.DType;
import tfl.tensor.Elements;
import tfl.tensor.NativeMemory;

/** QR, singular values and eigenvalues of one matrix. */
final class Decompositions {
    /** Rows from which on blocks of reflectors are faster than LAPACK's drivers. */
    private static final int BLOCKED = 128;
    /** A longer side of so many times the shorter one is reduced by QR first, which LAPACK's driver does. */
    private static final double LONG = 11.0 / 6;

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
            ones(dtype, q.address(), 0, columns, columns);
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
            identity(dtype, u, full ? m : 0);
            identity(dtype, vh, full ? n : 0);
            return;
        }
        try (var work = Scratch.elements(dtype, m, n)) {
            matrices.copy(0, index, work.address());
            double largest = matrices.requireFinite(work.address(), (long) m * n, index);
            if (isBlocked(dtype, k, largest) && Math.max(m, n) < LONG * k) {
                bidiagonal(full, matrices, index, work);
                return;
            }
            int failed = Lapack.GESDD.call(dtype, (byte) (full ? 'A' : 'S'), n, m, work.segment(), n,
                    matrices.output(1, index), vh, n, u, full ? m : k);
            requireConvergence(failed, matrices, index);
        }
    }

    /** Whether the steps of LAPACK's driver, with our own {@link Reflectors}, are faster and need no scaling. */
    private static boolean isBlocked(DType dtype, int n, double largest) {
        double huge = dtype == DType.F32 ? 1e15 : 1e145;
        return !dtype.isComplex() && n >= BLOCKED && largest < huge && largest > 1 / huge;
    }

    /**
     * The transpose is {@code q b p'}, and the bidiagonal {@code b} is {@code v s u'}: so the rows of our {@code vh}
     * are those of {@code v'} times q, and the columns of our {@code u} those of {@code u} times p.
     */
    private static void bidiagonal(boolean full, MatrixRoutine matrices, int index, Scratch work) {
        int m = matrices.rows(0);
        int n = matrices.columns(0);
        int k = Math.min(m, n);
        boolean upper = n >= m;
        var dtype = matrices.dtype;
        var values = matrices.output(1, index);
        var vh = matrices.output(2, index);
        int left = full ? n : k;
        int right = full ? m : k;
        vh.fill((byte) 0);
        try (var side = Scratch.elements(dtype, k); var tauQ = Scratch.elements(dtype, k);
                var tauP = Scratch.elements(dtype, k); var u = Scratch.elements(dtype, k, k);
                var rows = Scratch.elements(dtype, right, m)) {
            Lapack.GEBRD.call(dtype, n, m, work.segment(), n, values, side.segment(), tauQ.segment(),
                    tauP.segment());
            int failed = Lapack.BDSDC.call(dtype, (byte) (upper ? 'U' : 'L'), (byte) 'I', k, values, side.segment(),
                    vh, n, u.segment(), k, MemorySegment.NULL, MemorySegment.NULL);
            requireConvergence(failed, matrices, index);
            ones(dtype, vh.address(), k, left, n);
            rows.segment().fill((byte) 0);
            ones(dtype, rows.address(), k, right, m);
            try (var turned = Scratch.elements(dtype, k, k)) {
                MatrixRoutine.transpose(u.tensor(), turned.address());
                for (long i = 0; i < k; i++) {
                    NativeMemory.copy(turned.address() + i * k * dtype.bytes(),
                            rows.address() + i * m * dtype.bytes(), k * dtype.bytes());
                }
            }
            try (var q = new Reflectors(dtype, n, upper ? m : n - 1, upper ? 0 : 1, work.address(),
                    tauQ.address())) {
                q.apply(vh.address(), left);
            }
            try (var turned = Scratch.elements(dtype, n, m)) {
                MatrixRoutine.transpose(work.tensor(), turned.address());
                try (var p = new Reflectors(dtype, m, upper ? m - 1 : n, upper ? 1 : 0, turned.address(),
                        tauP.address())) {
                    p.apply(rows.address(), right);
                }
            }
            matrices.transpose(rows.tensor(), 0, index);
        }
    }

    /** Ones on the diagonal from one row to another. */
    private static void ones(DType dtype, long address, long from, long to, long width) {
        for (long i = from; i < to; i++) {
            Elements.putDouble(dtype, address + i * (width + 1) * dtype.bytes(), 1);
        }
    }

    private static void identity(DType dtype, MemorySegment matrix, long n) {
        matrix.fill((byte) 0);
        ones(dtype, matrix.address(), 0, n, n);
    }

    /** The vectors come out as columns and are turned. */
    static void symmetric(MatrixRoutine matrices, int index) {
        int n = matrices.rows(0);
        if (n == 0) {
            return;
        }
        var dtype = matrices.dtype;
        var values = matrices.output(0, index);
        try (var work = Scratch.elements(dtype, n, n)) {
            matrices.copyTransposed(0, index, work.address());
            double largest = matrices.requireFinite(work.address(), (long) n * n, index);
            if (isBlocked(dtype, n, largest)) {
                tridiagonal(matrices, index, work);
                return;
            }
            int failed = Lapack.SYEVD.call(dtype, (byte) 'V', (byte) 'L', n, work.segment(), n, values);
            requireConvergence(failed, matrices, index);
            matrices.transpose(work.tensor(), 1, index);
        }
    }

    private static void tridiagonal(MatrixRoutine matrices, int index, Scratch work) {
        int n = matrices.rows(0);
        var dtype = matrices.dtype;
        var values = matrices.output(0, index);
        try (var side = Scratch.elements(dtype, n); var taus = Scratch.elements(dtype, n);
                var vectors = Scratch.elements(dtype, n, n)) {
            Lapack.SYTRD.call(dtype, (byte) 'L', n, work.segment(), n, values, side.segment(), taus.segment());
            int failed = Lapack.STEDC.call(dtype, (byte) 'I', n, values, side.segment(), vectors.segment(), n);
            requireConvergence(failed, matrices, index);
            try (var q = new Reflectors(dtype, n, n - 1, 1, work.address(), taus.address())) {
                q.apply(vectors.address(), n);
            }
            matrices.transpose(vectors.tensor(), 1, index);
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

package tfl.backend.cpu;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import tfl.kernel.Routine;
import tfl.kernel.RoutineFailure;
import tfl.tensor.DType;
import tfl.tensor.Elements;
import tfl.tensor.NativeMemory;

/** LU, linear systems and Cholesky of one matrix. */
final class LinearSystems {
    private LinearSystems() {}

    /** Works on the column-major matrix itself, since pivoting swaps rows. */
    static void lu(MatrixRoutine matrices, int index) {
        int m = matrices.rows(0);
        int n = matrices.columns(0);
        if (m == 0 || n == 0) {
            return;
        }
        var pivots = matrices.output(1, index);
        try (var work = Scratch.elements(matrices.dtype, n, m)) {
            matrices.copyTransposed(0, index, work.address());
            Lapack.GETRF.call(matrices.dtype, m, n, work.segment(), m, pivots);
            matrices.transpose(work.tensor(), 0, index);
        }
        for (int i = 0; i < Math.min(m, n); i++) {
            int oneBased = pivots.getAtIndex(ValueLayout.JAVA_INT, i);
            pivots.setAtIndex(ValueLayout.JAVA_INT, i, Math.clamp(oneBased - 1, i, m - 1));
        }
    }

    /** Factors the transpose, which lies there already, and solves with the transpose of that. */
    static void solve(MatrixRoutine matrices, int index) {
        int n = matrices.rows(0);
        int count = matrices.columns(1);
        if (n == 0 || count == 0) {
            return;
        }
        var dtype = matrices.dtype;
        try (var work = Scratch.elements(dtype, n, n); var right = Scratch.elements(dtype, count, n);
                var pivots = Scratch.elements(DType.I32, n)) {
            matrices.copy(0, index, work.address());
            int zero = Lapack.GETRF.call(dtype, n, n, work.segment(), n, pivots.segment());
            if (zero > 0) {
                throw new RoutineFailure(matrices.subject(index) + " is singular: pivot " + (zero - 1)
                        + " is zero");
            }
            matrices.copyTransposed(1, index, right.address());
            Lapack.GETRS.call(dtype, (byte) 'T', n, count, work.segment(), n, pivots.segment(),
                    right.segment(), n);
            matrices.transpose(right.tensor(), 0, index);
        }
    }

    static void triangular(Routine.TriangularSolve solve, MatrixRoutine matrices, int index) {
        int n = matrices.rows(0);
        int count = matrices.columns(1);
        if (n == 0 || count == 0) {
            return;
        }
        var x = matrices.output(0, index);
        matrices.copy(1, index, x.address());
        try (var work = Scratch.elements(matrices.dtype, n, n)) {
            matrices.copy(0, index, work.address());
            for (long i = 0; i < n && !solve.unitDiagonal(); i++) {
                if (isZero(matrices.dtype, work.address() + i * (n + 1) * matrices.dtype.bytes())) {
                    throw new RoutineFailure(matrices.subject(index) + " is singular: element " + i
                            + " of its diagonal is zero");
                }
            }
            trsm(solve, n, count, work.segment(), x);
        }
    }

    private static boolean isZero(DType dtype, long address) {
        return Elements.getDouble(dtype, address) == 0
                && (!dtype.isComplex() || NativeMemory.getFloat(address + 4) == 0);
    }

    private static void trsm(Routine.TriangularSolve solve, int n, int count, MemorySegment a,
            MemorySegment x) {
        switch (solve.dtype()) {
            case F32 -> trsm(Blas.STRSM, 1f, solve, n, count, a, x);
            case F64 -> trsm(Blas.DTRSM, 1.0, solve, n, count, a, x);
            default -> {
                try (var one = Scratch.elements(solve.dtype(), 1)) {
                    Elements.putComplex(one.address(), 1, 0);
                    trsm(Blas.CTRSM, one.segment(), solve, n, count, a, x);
                }
            }
        }
    }

    private static void trsm(Blas function, Object one, Routine.TriangularSolve solve, int n, int count,
            MemorySegment a, MemorySegment x) {
        function.call(Blas.ROW_MAJOR, Blas.LEFT, solve.lower() ? Blas.LOWER
                : Blas.UPPER, solve.transposed() ? Blas.TRANSPOSED : Blas.AS_IS,
                solve.unitDiagonal() ? Blas.UNIT_DIAGONAL : Blas.GENERAL_DIAGONAL, n, count,
                one, a, n, x, count);
    }

    /**
     * The row-major lower triangle is the column-major upper one, whose factor is the transpose of ours; conjugates
     * change nothing there: of {@code conj(a) = uᴴ u} follows {@code a = uᵀ conj(u)}.
     */
    static void cholesky(MatrixRoutine matrices, int index) {
        int n = matrices.rows(0);
        if (n == 0) {
            return;
        }
        var l = matrices.output(0, index);
        matrices.copy(0, index, l.address());
        int failed = Lapack.POTRF.call(matrices.dtype, (byte) 'U', n, l, n);
        long bytes = matrices.dtype.bytes();
        for (int i = 0; i < n && failed == 0; i++) {
            // NaN on the diagonal goes unnoticed by OpenBLAS.
            failed = Elements.getDouble(matrices.dtype, l.address() + (long) i * (n + 1) * bytes) > 0 ? 0 : i
                    + 1;
            l.asSlice(((long) i * n + i + 1) * bytes, (n - i - 1) * bytes).fill((byte) 0);
        }
        if (failed > 0) {
            throw new RoutineFailure(matrices.subject(index) + " is not positive definite: its leading "
                    + failed + " x " + failed + " block is not");
        }
    }
}

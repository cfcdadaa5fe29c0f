package tfl.backend.cpu;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import tfl.tensor.DType;

/**
 * The library's product of f32, f64 or c64 matrices, on the calling thread.
 *
 * @param large whether oneDNN computes it
 */
record BlasCall(DType dtype, boolean large) {
    private static final MemorySegment COMPLEX_ONE = Arena.global()
            .allocateFrom(ValueLayout.JAVA_FLOAT, 1, 0);
    private static final MemorySegment COMPLEX_ZERO = Arena.global()
            .allocateFrom(ValueLayout.JAVA_FLOAT, 0, 0);

    /** What computes a product of these sizes, and parts of it. */
    static BlasCall of(DType dtype, ProductSizes sizes) {
        return new BlasCall(dtype, OneDnnGemm.takes(dtype, sizes));
    }

    /**
     * {@code to = from with}, [m, k] by [k, n], which lie as parts of a and b do.
     *
     * @param lead the distance of the result's rows
     */
    void product(long m, long n, long k, Matrices a, MemorySegment from, Matrices b,
            MemorySegment with, MemorySegment to, int lead) {
        if (n == 1) {
            vector(m, k, a, from, with, b.rowStep(), to, lead);
        } else if (m == 1) {
            vector(n, k, b.transposed(), with, from, a.columnStep(), to, 1);
        } else {
            gemm(m, n, k, a, from, b, with, false, to, lead);
        }
    }

    /** {@code to += from with}, or without what is there before. */
    void gemm(long m, long n, long k, Matrices a, MemorySegment from, Matrices b, MemorySegment with, boolean more,
            MemorySegment to, int lead) {
        boolean rowsA = a.isRowMajor();
        boolean rowsB = b.isRowMajor();
        int leadA = rowsA ? a.lead() : a.transposed().lead();
        int leadB = rowsB ? b.lead() : b.transposed().lead();
        multiply(!rowsA, !rowsB, m, n, k, from, leadA, with, leadB, more, to, lead);
    }

    /**
     * {@code to = from with}, or that added to what is there, of row-major matrices that are turned or not.
     *
     * @param leadA the distance of the rows as they lie
     */
    void multiply(boolean turnA, boolean turnB, long m, long n, long k, MemorySegment from, long leadA,
            MemorySegment with, long leadB, boolean more, MemorySegment to, long lead) {
        if (large) {
            OneDnnGemm.run(turnA, turnB, m, n, k, from, leadA, with, leadB, more ? 1f : 0f, to, lead);
            return;
        }
        row(Blas.SGEMM, Blas.DGEMM, Blas.CGEMM).call(Blas.ROW_MAJOR, turnA ? Blas.TRANSPOSED : Blas.AS_IS,
                turnB ? Blas.TRANSPOSED : Blas.AS_IS, Math.toIntExact(m), Math.toIntExact(n),
                Math.toIntExact(k), one(), from, Math.toIntExact(leadA), with, Math.toIntExact(leadB),
                more ? one() : zero(), to, Math.toIntExact(lead));
    }

    /** {@code y = a x}, where x has the given step in elements and y is {@code step} apart. */
    private void vector(long rows, long columns, Matrices a, MemorySegment from, MemorySegment x, long stepX,
            MemorySegment y, int stepY) {
        boolean plain = a.isRowMajor();
        row(Blas.SGEMV, Blas.DGEMV, Blas.CGEMV).call(Blas.ROW_MAJOR, plain ? Blas.AS_IS : Blas.TRANSPOSED,
                Math.toIntExact(plain ? rows : columns), Math.toIntExact(plain ? columns : rows), one(), from,
                plain ? a.lead() : a.transposed().lead(), x, columns == 1 ? 1 : Math.toIntExact(stepX),
                zero(), y, stepY);
    }

    private Blas row(Blas single, Blas twice, Blas complex) {
        return switch (dtype) {
            case F32 -> single;
            case F64 -> twice;
            default -> complex;
        };
    }

    private Object one() {
        return switch (dtype) {
            case F32 -> (Object) 1f;
            case F64 -> (Object) 1.0;
            default -> COMPLEX_ONE;
        };
    }

    private Object zero() {
        return switch (dtype) {
            case F32 -> (Object) 0f;
            case F64 -> (Object) 0.0;
            default -> COMPLEX_ZERO;
        };
    }
}

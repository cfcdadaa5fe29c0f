package tfl.kernel;

import java.util.List;
import tfl.tensor.DType;

/**
 * What a library does better than a generated loop. Matrices are the last two axes, leading axes are a batch; inputs
 * may
 * be strided. A routine that can fail on its data (a singular matrix) throws {@link RoutineFailure}.
 */
public sealed interface Routine {
    DType dtype();

    /** {@code a -> lu, pivots(i32, zero-based rows swapped in order)}. */
    record Lu(DType dtype) implements Routine {}

    /** {@code a, b -> x} with {@code a x = b}; b is {@code [..., n, k]}. */
    record Solve(DType dtype) implements Routine {}

    /** {@code a, b -> x} for a triangular a; transposed, without conjugates. */
    record TriangularSolve(DType dtype, boolean lower, boolean transposed, boolean unitDiagonal) implements Routine {}

    /** {@code a -> l}, lower; of a complex a the factor with {@code l lᴴ = a}. */
    record Cholesky(DType dtype) implements Routine {}

    /** {@code a -> q, r}; reduced or complete. */
    record Qr(DType dtype, boolean complete) implements Routine {}

    /** {@code a -> u, s(real), vh}; reduced or full. */
    record Svd(DType dtype, boolean full) implements Routine {}

    /** {@code a -> w(real), v}, ascending, of a symmetric or Hermitian a; reads the lower triangle. */
    record EighSymmetric(DType dtype) implements Routine {}

    /** {@code a -> w(complex), v(complex)}, also of a real a. */
    record EigGeneral(DType dtype) implements Routine {}

    /**
     * Sort along the last axis: {@code x -> values, indices(i64)}, or values only, which is faster; stable; NaN last.
     */
    record Sort(DType dtype, boolean descending) implements Routine {}

    /** The k largest (or smallest) along the last axis, sorted: {@code x -> values, indices(i64)}. */
    record TopK(DType dtype, long k, boolean largest) implements Routine {}

    /** Complex transform along the last axis, c64 to c64, unscaled. */
    record Fft(boolean inverse) implements Routine {
        @Override
        public DType dtype() {
            return DType.C64;
        }
    }

    /**
     * Convolution of {@code x[n, cIn, s...]} with {@code w[cOut, cIn / groups, k...]}, one to three spatial axes.
     * FORWARD: x, w -> y. INPUT: dy, w -> dx, of spatial size {@code inputSize}. WEIGHT: x, dy -> dw, of kernel size
     * {@code inputSize}.
     */
    record Convolution(DType dtype, Pass pass, List<Long> stride, List<Long> padLow, List<Long> padHigh,
            List<Long> dilation, long groups, List<Long> inputSize) implements Routine {}

    /** Which of the three products of a convolution. */
    enum Pass { FORWARD, INPUT, WEIGHT }

    /**
     * Pooling over the trailing {@code window.size()} axes. Forward: {@code x -> y}. Backward: {@code x, y, dy -> dx}
     * for MAX and {@code x, dy -> dx} for AVERAGE (x gives the shape only). Padding never wins MAX and is not
     * counted by
     * AVERAGE.
     */
    record Pool(DType dtype, boolean backward, boolean max, List<Long> window, List<Long> stride, List<Long> padLow,
            List<Long> padHigh) implements Routine {}

    /** Philox 4x32-10 bits: no tensor inputs; {@code counter} is in 128-bit blocks; gives an i32 tensor of raw bits. */
    record Philox(long key, long counter) implements Routine {
        @Override
        public DType dtype() {
            return DType.I32;
        }
    }
}

package tfl.kernel;

import static tfl.kernel.KernelTypes.expect;
import static tfl.kernel.KernelTypes.require;

import java.util.Arrays;
import java.util.List;
import tfl.tensor.DType;
import tfl.tensor.Shape;
import tfl.tensor.TensorType;

/** Whether types fit a {@link Routine}. */
final class RoutineTypes {
    private RoutineTypes() {}

    static void check(Routine routine, List<TensorType> inputs, List<TensorType> outputs) {
        if (routine instanceof Routine.Philox) {
            require(inputs.isEmpty() && outputs.size() == 1 && outputs.getFirst().dtype() == DType.I32,
                    "random bits from ", inputs, " to ", outputs);
            return;
        }
        require(!inputs.isEmpty() && inputs.stream().allMatch(type -> type.dtype() == routine.dtype()),
                routine, " of ", inputs);
        switch (routine) {
            case Routine.Convolution convolution -> SpatialTypes.convolution(convolution, inputs, outputs);
            case Routine.Pool pool -> SpatialTypes.pool(pool, inputs, outputs);
            case Routine.Sort sort when outputs.size() == 1 -> {
                require(inputs.size() == 1 && inputs.getFirst().shape().rank() > 0, "an order of ", inputs);
                expect(inputs, outputs);
            }
            case Routine.Sort sort -> along(inputs, outputs, inputs.getFirst().shape().dims());
            case Routine.TopK top -> {
                var dims = inputs.getFirst().shape().dims();
                require(dims.length > 0 && top.k() >= 0 && top.k() <= dims[dims.length - 1], routine, " of ", inputs);
                dims[dims.length - 1] = top.k();
                along(inputs, outputs, dims);
            }
            case Routine.Fft fft -> {
                require(inputs.size() == 1 && inputs.getFirst().shape().rank() > 0, routine, " of ", inputs);
                expect(inputs, outputs);
            }
            default -> matrices(routine, inputs, outputs);
        }
    }

    /** Values and where they were, along the last axis. */
    private static void along(List<TensorType> inputs, List<TensorType> outputs, long[] dims) {
        require(inputs.size() == 1 && dims.length > 0, "an order of ", inputs);
        var shape = Shape.of(dims);
        expect(List.of(new TensorType(inputs.getFirst().dtype(), shape), new TensorType(DType.I64, shape)), outputs);
    }

    private static void matrices(Routine routine, List<TensorType> inputs, List<TensorType> outputs) {
        var a = inputs.getFirst();
        int rank = a.shape().rank();
        require(a.dtype().real() == DType.F32 || a.dtype() == DType.F64, routine, " of ", a);
        require(rank >= 2, routine, " of ", inputs);
        long m = a.shape().dim(rank - 2);
        long n = a.shape().dim(rank - 1);
        long k = Math.min(m, n);
        boolean pair = routine instanceof Routine.Solve || routine instanceof Routine.TriangularSolve;
        require(inputs.size() == (pair ? 2 : 1), routine, " of ", inputs);
        boolean anyShape = routine instanceof Routine.Lu || routine instanceof Routine.Qr
                || routine instanceof Routine.Svd;
        require(anyShape || m == n, routine, " of a matrix that is not square: ", a);
        expect(switch (routine) {
            case Routine.Lu lu -> List.of(a, like(a, DType.I32, k));
            case Routine.Solve solve -> List.of(right(a, inputs.get(1)));
            case Routine.TriangularSolve solve -> List.of(right(a, inputs.get(1)));
            case Routine.Cholesky cholesky -> List.of(a);
            case Routine.Qr qr when qr.complete() -> List.of(like(a, a.dtype(), m, m), a);
            case Routine.Qr qr -> List.of(like(a, a.dtype(), m, k), like(a, a.dtype(), k, n));
            case Routine.Svd svd -> List.of(like(a, a.dtype(), m, svd.full() ? m : k), like(a, a.dtype().real(), k),
                    like(a, a.dtype(), svd.full() ? n : k, n));
            case Routine.EighSymmetric eigh -> List.of(like(a, a.dtype().real(), n), a);
            case Routine.EigGeneral eig -> List.of(like(a, DType.C64, n), like(a, DType.C64, n, n));
            default -> throw new IllegalArgumentException(routine.toString());
        }, outputs);
    }

    /** The type of right sides, and so of solutions, of a square matrix. */
    private static TensorType right(TensorType a, TensorType b) {
        int rank = a.shape().rank();
        require(b.shape().rank() == rank && b.equals(like(a, a.dtype(), a.shape().dim(rank - 1),
                b.shape().dim(rank - 1))), a, " and right sides ", b);
        return b;
    }

    /** A type with the batch axes of {@code a} and these last ones. */
    private static TensorType like(TensorType a, DType dtype, long... last) {
        int batch = a.shape().rank() - 2;
        var dims = Arrays.copyOf(a.shape().dims(), batch + last.length);
        System.arraycopy(last, 0, dims, batch, last.length);
        return new TensorType(dtype, Shape.of(dims));
    }
}

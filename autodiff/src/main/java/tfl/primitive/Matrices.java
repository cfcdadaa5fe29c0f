package tfl.primitive;

import java.util.List;
import tfl.kernel.BinaryOp;
import tfl.kernel.Kernel;
import tfl.kernel.Routine;
import tfl.tensor.DType;
import tfl.tensor.Shape;
import tfl.tensor.TensorType;

/** What the matrix factorisations share. */
final class Matrices {
    private Matrices() {}

    static Lowering library(Routine routine) {
        return new Lowering.Launch(new Kernel.LibraryCall(routine));
    }

    /** A type with the batch axes of {@code a} and these last ones. */
    static TensorType like(TensorType a, DType dtype, long... last) {
        int batch = a.shape().rank() - 2;
        var dims = java.util.Arrays.copyOf(a.shape().dims(), batch + last.length);
        System.arraycopy(last, 0, dims, batch, last.length);
        return new TensorType(dtype, Shape.of(dims));
    }

    /** Checks for matrices of a dtype that can be factored. */
    static void check(String name, TensorType a) {
        Check.matrix(name, a);
        if (a.dtype().real() != DType.F32 && a.dtype() != DType.F64) {
            throw Check.dtype(name, "f32, f64 or c64", a.dtype());
        }
    }

    static void checkSquare(String name, TensorType a) {
        check(name, a);
        Check.square(name, a);
    }

    static long rows(TensorType a) {
        return a.shape().dim(a.shape().rank() - 2);
    }

    static long columns(TensorType a) {
        return a.shape().dim(a.shape().rank() - 1);
    }

    /** {@code B} so that {@code op(T) B = x}, for a triangular T, op its adjoint or nothing. */
    static <V> V solve(Ops<V> ops, V triangle, V x, boolean lower, boolean adjoint) {
        var solve = new TriangularSolve(lower, adjoint, false);
        return adjoint ? solve.conjugate(ops, triangle, x) : ops.call(solve, triangle, x);
    }

    /** {@code B} so that {@code B op(T) = x}: as adjoints, {@code op(T)ᴴ Bᴴ = xᴴ}. */
    static <V> V solveRight(Ops<V> ops, V triangle, V x, boolean lower, boolean adjoint) {
        var a = Algebra.of(ops);
        return a.adjoint(solve(ops, triangle, a.adjoint(x), lower, !adjoint));
    }

    /** Half the sum with its adjoint. */
    static <V> V hermitian(Algebra<V> a, V x) {
        return a.scale(a.add(x, a.adjoint(x)), 0.5);
    }

    /** {@code 1 / (values[j] - values[i])} off the diagonal, 0 on it and where two values are equal. */
    static <V> V gaps(Algebra<V> a, V values) {
        var type = a.ops().type(values);
        long n = type.shape().dim(type.shape().rank() - 1);
        var dims = java.util.Arrays.copyOf(type.shape().dims(), type.shape().rank() + 1);
        dims[dims.length - 1] = n;
        var square = Shape.of(dims);
        var gap = a.sub(a.broadcast(a.row(values), square), a.broadcast(a.column(values), square));
        var none = a.binary(BinaryOp.EQ, gap, a.zeros(gap));
        return a.select(none, a.zeros(gap), a.div(a.ones(gap), a.select(none, a.ones(gap), gap)));
    }

    /** Matrices with these values on the diagonal. */
    static <V> V diagonal(Algebra<V> a, V values) {
        var type = a.ops().type(values);
        var dims = java.util.Arrays.copyOf(type.shape().dims(), type.shape().rank() + 1);
        dims[dims.length - 1] = dims[dims.length - 2];
        var spread = a.broadcast(a.column(values), Shape.of(dims));
        return a.select(a.triangle(a.shape(spread), BinaryOp.EQ, 0), spread, a.zeros(spread));
    }

    static ShapeProblem noGradient(String what, String help) {
        return new ShapeProblem("TFL-E0324", what + " has no gradient", help);
    }

    static <V> List<V> only(V value) {
        return java.util.Collections.singletonList(value);
    }
}

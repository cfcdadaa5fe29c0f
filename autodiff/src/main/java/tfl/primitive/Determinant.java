package tfl.primitive;

import java.util.List;
import tfl.kernel.BinaryOp;
import tfl.kernel.UnaryOp;
import tfl.tensor.DType;
import tfl.tensor.Shape;

/** Determinants of square matrices, through LU; differentiable where the matrix is regular. */
public final class Determinant {
    private Determinant() {}

    /** The elements {@code [..., i, i]} of the last two axes. */
    public static <V> V diagonal(Ops<V> ops, V x) {
        var shape = ops.type(x).shape();
        int rank = shape.rank();
        Check.matrix("diagonal", ops.type(x));
        long columns = shape.dim(rank - 1);
        long count = Math.min(columns, shape.dim(rank - 2));
        var dims = java.util.Arrays.copyOf(shape.dims(), rank - 1);
        dims[rank - 2] = shape.dim(rank - 2) * columns;
        var flat = ops.call(new Reshape(Shape.of(dims)), x);
        var all = Slice.along(ops.type(flat).shape(), rank - 2, 0, count);
        var step = new java.util.ArrayList<>(all.step());
        step.set(rank - 2, columns + 1);
        return ops.call(new Slice(all.start(), all.count(), List.copyOf(step)), flat);
    }

    /** The determinant: the product of U's diagonal, negated for each swap. */
    public static <V> V of(Ops<V> ops, V x) {
        Matrices.checkSquare("det", ops.type(x));
        var a = Algebra.of(ops);
        var factors = ops.apply(new Lu(), List.of(x));
        var diagonal = diagonal(ops, factors.getFirst());
        return a.mul(swaps(a, factors.get(1), a.dtype(x)), ops.call(new ReduceProd(lastAxis(a, diagonal)), diagonal));
    }

    /** {@code sign, log|det|}, which neither overflow nor underflow. */
    public static <V> List<V> signAndLog(Ops<V> ops, V x) {
        Matrices.checkSquare("slogdet", ops.type(x));
        var a = Algebra.of(ops);
        var factors = ops.apply(new Lu(), List.of(x));
        var diagonal = diagonal(ops, factors.getFirst());
        var axis = lastAxis(a, diagonal);
        var sign = ops.call(new ReduceProd(axis), a.unary(UnaryOp.SIGN, diagonal));
        var log = ops.call(new ReduceSum(axis), a.unary(UnaryOp.LOG, a.unary(UnaryOp.ABS, diagonal)));
        return List.of(a.mul(swaps(a, factors.get(1), a.dtype(x)), sign), log);
    }

    private static <V> List<Integer> lastAxis(Algebra<V> a, V x) {
        return List.of(a.rank(x) - 1);
    }

    /** 1 for an even number of rows that changed places, -1 for an odd one. */
    private static <V> V swaps(Algebra<V> a, V pivots, DType dtype) {
        var ops = a.ops();
        var shape = a.shape(pivots);
        var rows = ops.call(new Cast(DType.I32), a.positions(shape, shape.rank() - 1));
        var swapped = ops.call(new Cast(dtype.real()), a.binary(BinaryOp.NE, pivots, rows));
        var signs = a.sub(a.ones(swapped), a.scale(swapped, 2));
        return a.as(dtype, ops.call(new ReduceProd(List.of(shape.rank() - 1)), signs));
    }
}

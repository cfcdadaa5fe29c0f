package tfl.interpreter.builtin.module;

import java.util.Arrays;
import tfl.interpreter.builtin.table.Call;
import tfl.interpreter.builtin.tensor.Axes;
import tfl.interpreter.builtin.tensor.Norms;
import tfl.interpreter.builtin.tensor.Products;
import tfl.interpreter.builtin.tensor.Reductions;
import tfl.interpreter.builtin.tensor.Tensors;
import tfl.kernel.BinaryOp;
import tfl.kernel.UnaryOp;
import tfl.primitive.Determinant;
import tfl.primitive.ShapeProblem;
import tfl.primitive.Solve;
import tfl.primitive.Svd;
import tfl.tensor.DType;
import tfl.tensor.Shape;
import tfl.tensor.TensorType;
import tfl.tensor.TensorValue;

/** Functions of matrices that are composed of factorisations and products. */
final class MatrixFunctions {
    private MatrixFunctions() {}

    static TensorValue transposed(Tensors ops, TensorValue x) {
        int rank = x.type().shape().rank();
        if (rank < 2) {
            throw new ShapeProblem("TFL-E0308", "{0} is " + x.type() + ", not a matrix", null, "x");
        }
        return ops.moveAxis(x, rank - 1, rank - 2);
    }

    static TensorValue adjoint(Tensors ops, TensorValue x) {
        var turned = transposed(ops, x);
        return x.type().dtype().isComplex() ? ops.unary(UnaryOp.CONJ, turned) : turned;
    }

    /** Identity matrices of that type. */
    static TensorValue identity(Tensors ops, TensorType type) {
        int rank = type.shape().rank();
        var row = ops.iota(DType.I64, type.shape(), rank - 2, 0, 1);
        var column = ops.iota(DType.I64, type.shape(), rank - 1, 0, 1);
        return ops.cast(ops.binary(BinaryOp.EQ, row, column), type.dtype());
    }

    static TensorValue diagonal(Tensors ops, TensorValue x, long offset) {
        var shape = x.type().shape();
        int rank = shape.rank();
        if (rank < 2) {
            throw new ShapeProblem("TFL-E0308", "{0} is " + x.type() + ", not a matrix", null, "x");
        }
        long rows = shape.dim(rank - 2) - Math.max(0, -offset);
        long columns = shape.dim(rank - 1) - Math.max(0, offset);
        long size = Math.max(0, Math.min(rows, columns));
        var part = ops.slice(x, rank - 2, size == 0 ? 0 : Math.max(0, -offset), 1, size);
        part = ops.slice(part, rank - 1, size == 0 ? 0 : Math.max(0, offset), 1, size);
        return size == 0 ? Reductions.sum(ops, part, new int[] {rank - 1}, false, part.type().dtype())
                : Determinant.diagonal(ops, part);
    }

    static TensorValue onDiagonal(Tensors ops, TensorValue vector, long offset) {
        long size = vector.type().shape().dim(0);
        long n = size + Math.abs(offset);
        var wide = ops.pad(vector, 0, Math.max(0, -offset), Math.max(0, offset), 0);
        var column = ops.expand(wide, 1);
        var plane = Shape.of(n, n);
        var row = ops.iota(DType.I64, plane, 0, offset, 1);
        var on = ops.binary(BinaryOp.EQ, row, ops.iota(DType.I64, plane, 1, 0, 1));
        return ops.select(on, column, ops.full(vector.type().dtype(), Shape.SCALAR, 0L));
    }

    /** Which singular values are not as good as zero. */
    static TensorValue significant(Tensors ops, TensorValue values, Shape matrix, double rtol) {
        int last = values.type().shape().rank() - 1;
        double eps = values.type().dtype() == DType.F64 ? 0x1p-52 : 0x1p-23;
        double relative = Double.isNaN(rtol) ? Math.max(matrix.dim(last), matrix.dim(last + 1)) * eps : rtol;
        var largest = Reductions.extreme(ops, true, values, new int[] {last}, true);
        return ops.binary(BinaryOp.GT, values, ops.multiply(largest, relative));
    }

    static TensorValue pseudoInverse(Tensors ops, TensorValue x, double rtol) {
        var parts = ops.runAll(new Svd(false), x);
        var values = parts.get(1);
        var keep = significant(ops, values, x.type().shape(), rtol);
        var zero = ops.full(values.type().dtype(), Shape.SCALAR, 0L);
        var one = ops.full(values.type().dtype(), Shape.SCALAR, 1L);
        // Where a value counts as zero its reciprocal must not be infinite either, for the gradient's sake.
        var inverse = ops.select(keep, ops.unary(UnaryOp.RECIPROCAL, ops.select(keep, values, one)), zero);
        var v = adjoint(ops, parts.get(2));
        var scaled = ops.multiply(v, ops.expand(inverse, inverse.type().shape().rank() - 1));
        return Products.matmul(ops, scaled, adjoint(ops, parts.get(0)));
    }

    static TensorValue power(Tensors ops, TensorValue x, long n) {
        var base = n < 0 ? ops.run(new Solve(), x, identity(ops, x.type())) : x;
        TensorValue result = null;
        for (long rest = Math.abs(n); rest > 0; rest >>= 1) {
            if ((rest & 1) != 0) {
                result = result == null ? base : Products.matmul(ops, result, base);
            }
            base = rest > 1 ? Products.matmul(ops, base, base) : base;
        }
        return result == null ? identity(ops, x.type()) : result;
    }

    static Object cross(Call call) {
        var ops = call.ops();
        var x = call.tensor(0);
        var y = call.tensor(1);
        int axis = call.axis(2, Math.min(x.type().shape().rank(), y.type().shape().rank()));
        int fromEnd = call.integer(2) < 0 ? (int) call.integer(2) : axis;
        var left = third(call, x, fromEnd);
        var right = third(call, y, fromEnd);
        var parts = new TensorValue[3];
        for (int i = 0; i < 3; i++) {
            int j = (i + 1) % 3;
            int k = (i + 2) % 3;
            parts[i] = ops.subtract(ops.multiply(left[j], right[k]), ops.multiply(left[k], right[j]));
        }
        int place = Axes.normal(fromEnd, parts[0].type().shape().rank(), "x");
        return ops.concat(place, Arrays.asList(parts));
    }

    private static TensorValue[] third(Call call, TensorValue x, int axis) {
        int place = Axes.normal(axis, x.type().shape().rank(), "x");
        if (x.type().shape().dim(place) != 3) {
            throw call.fail("the axis has size " + x.type().shape().dim(place) + ", not 3", null);
        }
        var parts = new TensorValue[3];
        Arrays.setAll(parts, i -> call.ops().slice(x, place, i, 1, 1));
        return parts;
    }

    static Object norm(Call call, TensorValue x) {
        var ops = call.ops();
        int rank = x.type().shape().rank();
        boolean keep = call.flag(1);
        int[] both = {rank - 2, rank - 1};
        if ("fro".equals(call.value(2))) {
            return Norms.vector(ops, x, both, 2, keep);
        }
        boolean nuclear = "nuc".equals(call.value(2));
        double order = nuclear ? 0 : call.number(2);
        TensorValue result;
        if (nuclear || Math.abs(order) == 2) {
            var values = LinalgModule.values(ops, x);
            int[] last = {rank - 2};
            result = nuclear ? Reductions.sum(ops, values, last, false, null)
                    : Reductions.extreme(ops, order > 0, values, last, false);
        } else if (Math.abs(order) == 1 || Double.isInfinite(order)) {
            boolean columns = Math.abs(order) == 1;
            var sums = Reductions.sum(ops, ops.unary(UnaryOp.ABS, x),
                    new int[] {columns ? rank - 2 : rank - 1}, false,
                    null);
            result = Reductions.extreme(ops, order > 0, sums, new int[] {rank - 2}, false);
        } else {
            throw call.wrong(2, "\"fro\", \"nuc\", 1, -1, 2, -2, inf or -inf");
        }
        return keep ? ops.expand(ops.expand(result, rank - 2), rank - 1) : result;
    }
}

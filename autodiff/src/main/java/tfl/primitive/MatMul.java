package tfl.primitive;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import tfl.kernel.Kernel;
import tfl.tensor.DType;
import tfl.tensor.Shape;
import tfl.tensor.TensorType;

/**
 * Batched matrix product: {@code [batch..., M, K] x [batch..., K, N] -> [batch..., M, N]}, equal batch axes.
 */
public record MatMul() implements Primitive {
    @Override
    public String name() {
        return "@";
    }

    @Override
    public List<TensorType> shape(List<TensorType> inputs) {
        var left = inputs.get(0);
        var right = inputs.get(1);
        int rank = left.shape().rank();
        if (left.dtype() != right.dtype() || rank < 2 || right.shape().rank() != rank) {
            throw new ShapeProblem("TFL-E0301", "{0} @ {1}: " + left + " and " + right + " do not multiply", null,
                    "the left operand", "the right operand");
        }
        if (left.dtype() == DType.BOOL) {
            throw Check.dtype("@", "numbers", left.dtype());
        }
        inner(left.shape(), right.shape());
        var dims = left.shape().dims();
        for (int axis = 0; axis < rank - 2; axis++) {
            if (dims[axis] != right.shape().dim(axis)) {
                throw new ShapeProblem("TFL-E0302", "{0} @ {1}: the batch axes differ: (" + left.shape() + ") and ("
                        + right.shape() + ")", null, "the left operand", "the right operand");
            }
        }
        dims[rank - 1] = right.shape().dim(rank - 1);
        return List.of(new TensorType(left.dtype(), Shape.of(dims)));
    }

    /** Checks that columns on the left meet rows on the right, with the likely fix. */
    static void inner(Shape left, Shape right) {
        long columns = left.dim(left.rank() - 1);
        long rows = right.dim(Math.max(0, right.rank() - 2));
        if (columns == rows) {
            return;
        }
        String help = null;
        if (right.rank() > 1 && right.dim(right.rank() - 1) == columns) {
            help = "transpose the right operand: {0} @ {1}.mT";
        } else if (left.rank() > 1 && left.dim(left.rank() - 2) == rows) {
            help = "transpose the left operand: {0}.mT @ {1}";
        } else if (left.rank() > 1 && left.dim(left.rank() - 2) == right.dim(right.rank() - 1)) {
            help = "swap the operands: {1} @ {0}";
        }
        throw new ShapeProblem("TFL-E0301", "{0} @ {1}: the inner dimensions differ: {0} has " + columns
                + (left.rank() > 1 ? " columns" : " elements") + ", {1} has " + rows
                + (right.rank() > 1 ? " rows" : " elements"), help, "left", "right");
    }

    @Override
    public Lowering lower(List<TensorType> inputs) {
        return new Lowering.Launch(new Kernel.Contract(inputs.getFirst().dtype()));
    }

    @Override
    public <V> List<V> vjp(Ops<V> ops, List<V> inputs, List<V> outputs, List<V> cotangents, IntPredicate wanted) {
        var a = Algebra.of(ops);
        var ct = cotangents.getFirst();
        // M×N · (K×N)ᵀ → M×K
        var left = wanted.test(0) ? product(a, ct, a.adjoint(inputs.get(1)), inputs.get(0)) : null;
        // (M×K)ᵀ · M×N → K×N
        var right = wanted.test(1) ? product(a, a.adjoint(inputs.get(0)), ct, inputs.get(1)) : null;
        return Arrays.asList(left, right);
    }

    /** {@code x y}, lying in memory as the value does of which it is the gradient: maybe as (yᵀ xᵀ)ᵀ. */
    private static <V> V product(Algebra<V> a, V x, V y, V of) {
        boolean turn = a.ops().isTransposed(of) && !a.ops().type(of).dtype().isComplex();
        return turn ? a.adjoint(a.matmul(a.adjoint(y), a.adjoint(x))) : a.matmul(x, y);
    }

    @Override
    public <V> List<V> jvp(Ops<V> ops, List<V> inputs, List<V> outputs, List<V> tangents) {
        // M×K · K×N, and what each operand's change makes of it
        var a = Algebra.of(ops);
        V left = tangents.get(0) == null ? null : a.matmul(tangents.get(0), inputs.get(1));
        V right = tangents.get(1) == null ? null : a.matmul(inputs.get(0), tangents.get(1));
        return List.of(a.add(left, right));
    }

    @Override
    public <V> List<V> batch(Ops<V> ops, long size, List<V> inputs, List<Boolean> mapped) {
        var a = Algebra.of(ops);
        V x = inputs.get(0);
        V y = inputs.get(1);
        if (!mapped.get(1) && a.rank(y) == 2) {
            return List.of(tall(a, x, y));
        }
        if (!mapped.get(0) && a.rank(x) == 2 && a.shape(y).dim(2) == 1) {
            // M×K · B×K×1: the columns are rows of the transposed product.
            return List.of(a.transpose(tall(a, a.transpose(y), a.transpose(x))));
        }
        return ops.apply(this, BatchOps.spread(ops, size, inputs, mapped));
    }

    // B×M×K · K×N: one matrix for all, so their rows are those of one product.
    private static <V> V tall(Algebra<V> a, V x, V y) {
        var from = a.shape(x);
        var rows = a.reshape(x, Shape.of(from.dim(0) * from.dim(1), from.dim(2)));
        return a.reshape(a.matmul(rows, y), Shape.of(from.dim(0), from.dim(1), a.shape(y).dim(1)));
    }

    @Override
    public Residuals residuals(List<TensorType> inputs) {
        return Residuals.INPUTS;
    }
}

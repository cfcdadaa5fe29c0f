package tfl.primitive;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import tfl.kernel.Routine;
import tfl.tensor.TensorType;

/** {@code A, B -> X} with {@code A X = B}: A is [batch..., N, N], B is [batch..., N, K]. */
public record Solve() implements Primitive {
    @Override
    public String name() {
        return "solve";
    }

    @Override
    public List<TensorType> shape(List<TensorType> inputs) {
        return List.of(rightSides(name(), inputs.get(0), inputs.get(1)));
    }

    static TensorType rightSides(String name, TensorType a, TensorType b) {
        Matrices.checkSquare(name, a);
        boolean fits = b.shape().rank() == a.shape().rank()
                && b.equals(Matrices.like(a, a.dtype(), Matrices.columns(a), Matrices.columns(b)));
        if (!fits) {
            throw new ShapeProblem("TFL-E0308", name + ": the matrix {0} is " + a + ", the right side {1} is " + b,
                    "both need as many rows, the same batch axes and one dtype", "a", "b");
        }
        return b;
    }

    @Override
    public Lowering lower(List<TensorType> inputs) {
        return Matrices.library(new Routine.Solve(inputs.getFirst().dtype()));
    }

    @Override
    public <V> List<V> vjp(Ops<V> ops, List<V> inputs, List<V> outputs, List<V> cotangents, IntPredicate wanted) {
        var a = Algebra.of(ops);
        // (N×N)⁻ᴴ · N×K → N×K
        var right = ops.call(this, a.adjoint(inputs.get(0)), cotangents.getFirst());
        // −N×K · (N×K)ᴴ → N×N
        var left = wanted.test(0) ? a.neg(a.matmul(right, a.adjoint(outputs.getFirst()))) : null;
        return Arrays.asList(left, wanted.test(1) ? right : null);
    }

    /** {@code dX = A⁻¹ (dB − dA X)}. */
    @Override
    public <V> List<V> jvp(Ops<V> ops, List<V> inputs, List<V> outputs, List<V> tangents) {
        var a = Algebra.of(ops);
        var moved = tangents.get(0) == null ? null : a.neg(a.matmul(tangents.get(0), outputs.getFirst()));
        return List.of(ops.call(this, inputs.get(0), a.add(tangents.get(1), moved)));
    }

    @Override
    public <V> List<V> batch(Ops<V> ops, long size, List<V> inputs, List<Boolean> mapped) {
        return Solve.batch(ops, this, size, inputs, mapped);
    }

    /** One matrix for all elements is factored once: their right sides stand side by side. */
    static <V> List<V> batch(Ops<V> ops, Primitive solve, long size, List<V> inputs, List<Boolean> mapped) {
        if (mapped.get(0) || size == 0) {
            return ops.apply(solve, BatchOps.spread(ops, size, inputs, mapped));
        }
        var columns = new Folding(ops.type(inputs.get(0)).shape().rank() - 1);
        return List.of(columns.out(ops, size, ops.call(solve, inputs.get(0), columns.in(ops, inputs.get(1)))));
    }
}

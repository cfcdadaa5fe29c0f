package tfl.primitive;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import tfl.kernel.Routine;
import tfl.tensor.DType;
import tfl.tensor.TensorType;

/**
 * {@code A -> LU, pivots} with {@code P A = L U}: the unit lower and the upper triangle in one matrix, and
 * the rows (i32) that were swapped in order.
 */
public record Lu() implements Primitive {
    @Override
    public String name() {
        return "lu";
    }

    @Override
    public List<TensorType> shape(List<TensorType> inputs) {
        var a = inputs.getFirst();
        Matrices.check(name(), a);
        return List.of(a, Matrices.like(a, DType.I32, Math.min(Matrices.rows(a), Matrices.columns(a))));
    }

    @Override
    public Lowering lower(List<TensorType> inputs) {
        return Matrices.library(new Routine.Lu(inputs.getFirst().dtype()));
    }

    /**
     * {@code dA = Pᵀ L⁻ᴴ W U⁻ᴴ} with {@code W = strictly lower(Lᴴ dL) + upper(dU Uᴴ)}; as {@code Pᵀ = A⁻ᴴ Uᴴ
     * Lᴴ}, that is {@code A⁻ᴴ Uᴴ W U⁻ᴴ}, which needs no permutation.
     */
    @Override
    public <V> List<V> vjp(Ops<V> ops, List<V> inputs, List<V> outputs, List<V> cotangents, IntPredicate wanted) {
        var type = ops.type(inputs.getFirst());
        square(type);
        var a = Algebra.of(ops);
        var u = a.upper(outputs.getFirst());
        var l = unitLower(a, outputs.getFirst());
        var ct = cotangents.getFirst();
        var w = a.add(a.strictlyLower(a.matmul(a.adjoint(l), a.strictlyLower(ct))),
                a.upper(a.matmul(a.upper(ct), a.adjoint(u))));
        var right = Matrices.solveRight(ops, u, w, false, true);
        return List.of(ops.call(new Solve(), a.adjoint(inputs.getFirst()), a.matmul(a.adjoint(u), right)));
    }

    private static void square(TensorType type) {
        if (Matrices.rows(type) != Matrices.columns(type)) {
            throw Matrices.noGradient("the LU decomposition of a matrix that is not square", null);
        }
    }

    private static <V> V unitLower(Algebra<V> a, V factors) {
        return a.add(a.strictlyLower(factors), a.identity(a.ops().type(factors)));
    }

    /**
     * With {@code W = L⁻¹ P dA U⁻¹ = U A⁻¹ dA U⁻¹}: {@code dL = L strictly lower(W)}, {@code dU = upper(W) U}.
     */
    @Override
    public <V> List<V> jvp(Ops<V> ops, List<V> inputs, List<V> outputs, List<V> tangents) {
        square(ops.type(inputs.getFirst()));
        var a = Algebra.of(ops);
        var u = a.upper(outputs.getFirst());
        var l = unitLower(a, outputs.getFirst());
        var solved = ops.call(new Solve(), inputs.getFirst(), tangents.getFirst());
        var w = Matrices.solveRight(ops, u, a.matmul(u, solved), false, false);
        var moved = a.add(a.matmul(l, a.strictlyLower(w)), a.matmul(a.upper(w), u));
        return Arrays.asList(moved, null);
    }

    @Override
    public <V> List<V> batch(Ops<V> ops, long size, List<V> inputs, List<Boolean> mapped) {
        return ops.apply(this, BatchOps.spread(ops, size, inputs, mapped));
    }
}

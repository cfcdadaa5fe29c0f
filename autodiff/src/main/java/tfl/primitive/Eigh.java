package tfl.primitive;

import java.util.List;
import java.util.function.IntPredicate;
import tfl.kernel.Routine;
import tfl.tensor.TensorType;

/**
 * {@code A -> w, V} with {@code A V = V diag(w)} for a symmetric A, w ascending; only the lower triangle is
 * read.
 */
public record Eigh() implements Primitive {
    @Override
    public String name() {
        return "eigh";
    }

    @Override
    public List<TensorType> shape(List<TensorType> inputs) {
        var a = inputs.getFirst();
        Matrices.realSquare(name(), a);
        return List.of(Matrices.like(a, a.dtype(), Matrices.rows(a)), a);
    }

    @Override
    public Lowering lower(List<TensorType> inputs) {
        return Matrices.library(new Routine.EighSymmetric(inputs.getFirst().dtype()));
    }

    /** With {@code F = 1 / (w_j − w_i)}: {@code V (diag(dw) + F ∘ Vᵀ dV) Vᵀ}, made symmetric. */
    @Override
    public <V> List<V> vjp(Ops<V> ops, List<V> inputs, List<V> outputs, List<V> cotangents, IntPredicate wanted) {
        var a = Algebra.of(ops);
        var v = outputs.get(1);
        var inner = cotangents.get(0) == null ? null : Matrices.diagonal(a, cotangents.get(0));
        if (cotangents.get(1) != null) {
            var turned = a.matmul(a.transpose(v), cotangents.get(1));
            inner = a.add(inner, a.mul(Matrices.gaps(a, outputs.get(0)), turned));
        }
        var da = a.matmul(v, a.matmul(inner, a.transpose(v)));
        return List.of(a.scale(a.add(da, a.transpose(da)), 0.5));
    }

    /** {@code dw = diag(Vᵀ dA V)}, {@code dV = V (F ∘ Vᵀ dA V)}, dA made symmetric. */
    @Override
    public <V> List<V> jvp(Ops<V> ops, List<V> inputs, List<V> outputs, List<V> tangents) {
        var a = Algebra.of(ops);
        var v = outputs.get(1);
        var da = a.scale(a.add(tangents.getFirst(), a.transpose(tangents.getFirst())), 0.5);
        var turned = a.matmul(a.transpose(v), a.matmul(da, v));
        return List.of(Determinant.diagonal(ops, turned),
                a.matmul(v, a.mul(Matrices.gaps(a, outputs.get(0)), turned)));
    }

    @Override
    public <V> List<V> batch(Ops<V> ops, long size, List<V> inputs, List<Boolean> mapped) {
        return ops.apply(this, BatchOps.spread(ops, size, inputs, mapped));
    }

    @Override
    public Residuals residuals(List<TensorType> inputs) {
        return Residuals.OUTPUTS;
    }
}

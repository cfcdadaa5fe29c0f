package tfl.primitive;

import java.util.List;
import java.util.function.IntPredicate;
import tfl.kernel.Routine;
import tfl.tensor.TensorType;

/**
 * {@code A -> w, V} with {@code A V = V diag(w)} for a symmetric or Hermitian A, w real and ascending; only the lower
 * triangle is read. The rules of a complex A leave out how the library turns the phase of a column of V.
 */
public record Eigh() implements Primitive {
    @Override
    public String name() {
        return "eigh";
    }

    @Override
    public List<TensorType> shape(List<TensorType> inputs) {
        var a = inputs.getFirst();
        Matrices.checkSquare(name(), a);
        return List.of(Matrices.like(a, a.dtype().real(), Matrices.rows(a)), a);
    }

    @Override
    public Lowering lower(List<TensorType> inputs) {
        return Matrices.library(new Routine.EighSymmetric(inputs.getFirst().dtype()));
    }

    /** With {@code F = 1 / (w_j − w_i)}: {@code V (diag(dw) + F ∘ Vᴴ dV) Vᴴ}, made Hermitian. */
    @Override
    public <V> List<V> vjp(Ops<V> ops, List<V> inputs, List<V> outputs, List<V> cotangents, IntPredicate wanted) {
        var a = Algebra.of(ops);
        var v = outputs.get(1);
        var dtype = a.dtype(v);
        var inner = cotangents.get(0) == null ? null : Matrices.diagonal(a, a.as(dtype, cotangents.get(0)));
        if (cotangents.get(1) != null) {
            var turned = a.matmul(a.adjoint(v), cotangents.get(1));
            inner = a.add(inner, a.mul(a.as(dtype, Matrices.gaps(a, outputs.get(0))), turned));
        }
        return List.of(Matrices.hermitian(a, a.matmul(v, a.matmul(inner, a.adjoint(v)))));
    }

    /** {@code dw = diag(Vᴴ dA V)}, {@code dV = V (F ∘ Vᴴ dA V)}, dA made Hermitian. */
    @Override
    public <V> List<V> jvp(Ops<V> ops, List<V> inputs, List<V> outputs, List<V> tangents) {
        var a = Algebra.of(ops);
        var v = outputs.get(1);
        var da = Matrices.hermitian(a, tangents.getFirst());
        var turned = a.matmul(a.adjoint(v), a.matmul(da, v));
        var gaps = a.as(a.dtype(v), Matrices.gaps(a, outputs.get(0)));
        return List.of(a.real(Determinant.diagonal(ops, turned)), a.matmul(v, a.mul(gaps, turned)));
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

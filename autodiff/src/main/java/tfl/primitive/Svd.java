package tfl.primitive;

import java.util.List;
import java.util.function.IntPredicate;
import tfl.kernel.Routine;
import tfl.tensor.TensorType;

/** {@code A -> U, s, Vᵀ} with {@code A = U diag(s) Vᵀ}, s descending; reduced or full. */
public record Svd(boolean full) implements Primitive {
    @Override
    public String name() {
        return "svd";
    }

    @Override
    public List<TensorType> shape(List<TensorType> inputs) {
        var a = inputs.getFirst();
        Matrices.real(name(), a);
        long m = Matrices.rows(a);
        long n = Matrices.columns(a);
        long k = Math.min(m, n);
        return List.of(Matrices.like(a, a.dtype(), m, full ? m : k), Matrices.like(a, a.dtype(), k),
                Matrices.like(a, a.dtype(), full ? n : k, n));
    }

    @Override
    public Lowering lower(List<TensorType> inputs) {
        return Matrices.library(new Routine.Svd(inputs.getFirst().dtype(), full));
    }

    /**
     * J. Townsend, Differentiating the singular value decomposition, 2016. With {@code F = 1 / (s_j² −
     * s_i²)}: {@code dA = [U (F ∘ (Uᵀ dU − dUᵀ U)) S + (I − U Uᵀ) dU S⁻¹] Vᵀ + U [S (F ∘ (Vᵀ dV − dVᵀ V)) Vᵀ
     * + S⁻¹ dVᵀ (I − V Vᵀ)] + U dS Vᵀ}.
     */
    @Override
    public <V> List<V> vjp(Ops<V> ops, List<V> inputs, List<V> outputs, List<V> cotangents, IntPredicate wanted) {
        var a = Algebra.of(ops);
        var type = ops.type(inputs.getFirst());
        boolean vectors = cotangents.get(0) != null || cotangents.get(2) != null;
        differentiable(type);
        var u = outputs.get(0);
        var vt = outputs.get(2);
        var inner = cotangents.get(1) == null ? null : Matrices.diagonal(a, cotangents.get(1));
        if (!vectors) {
            return List.of(a.matmul(u, a.matmul(inner, vt)));
        }
        var s = outputs.get(1);
        var gaps = Matrices.gaps(a, a.mul(s, s));
        V sides = null;
        if (cotangents.get(0) != null) {
            var du = cotangents.get(0);
            var part = a.mul(gaps, skew(a, a.matmul(a.transpose(u), du)));
            inner = a.add(inner, a.mul(part, a.broadcast(a.row(s), a.shape(part))));
            var outside = a.sub(du, a.matmul(u, a.matmul(a.transpose(u), du)));
            sides = a.matmul(a.div(outside, a.broadcast(a.row(s), a.shape(outside))), vt);
        }
        if (cotangents.get(2) != null) {
            var dvt = cotangents.get(2);
            var part = a.mul(gaps, skew(a, a.matmul(vt, a.transpose(dvt))));
            inner = a.add(inner, a.mul(part, a.broadcast(a.column(s), a.shape(part))));
            var outside = a.sub(dvt, a.matmul(a.matmul(dvt, a.transpose(vt)), vt));
            sides = a.add(sides, a.matmul(u, a.div(outside, a.broadcast(a.column(s), a.shape(outside)))));
        }
        return List.of(a.add(a.matmul(u, a.matmul(inner, vt)), sides));
    }

    private void differentiable(TensorType type) {
        if (full && Matrices.rows(type) != Matrices.columns(type)) {
            throw Matrices.noGradient("the full SVD of a matrix that is not square", "use full_matrices=false");
        }
    }

    private static <V> V skew(Algebra<V> a, V x) {
        return a.sub(x, a.transpose(x));
    }

    /**
     * With {@code P = Uᵀ dA V}: {@code ds = diag(P)}, {@code dU = U (F ∘ (P S + S Pᵀ)) + (I − U Uᵀ) dA V S⁻¹},
     * {@code dVᵀ = −(F ∘ (S P + Pᵀ S)) Vᵀ + S⁻¹ Uᵀ dA (I − V Vᵀ)}.
     */
    @Override
    public <V> List<V> jvp(Ops<V> ops, List<V> inputs, List<V> outputs, List<V> tangents) {
        var type = ops.type(inputs.getFirst());
        differentiable(type);
        var a = Algebra.of(ops);
        var u = outputs.get(0);
        var s = outputs.get(1);
        var vt = outputs.get(2);
        var da = tangents.getFirst();
        // P = Uᵀ dA V
        var left = a.matmul(a.transpose(u), da);
        var p = a.matmul(left, a.transpose(vt));
        var ps = a.mul(p, a.broadcast(a.row(s), a.shape(p)));
        var sp = a.mul(p, a.broadcast(a.column(s), a.shape(p)));
        var gaps = Matrices.gaps(a, a.mul(s, s));
        var du = a.matmul(u, a.mul(gaps, a.add(ps, a.transpose(ps))));
        var dvt = a.neg(a.matmul(a.mul(gaps, a.add(sp, a.transpose(sp))), vt));
        if (Matrices.rows(type) > Matrices.columns(type)) {
            var outside = a.matmul(a.sub(da, a.matmul(u, left)), a.transpose(vt));
            du = a.add(du, a.div(outside, a.broadcast(a.row(s), a.shape(outside))));
        } else if (Matrices.rows(type) < Matrices.columns(type)) {
            var outside = a.sub(left, a.matmul(p, vt));
            dvt = a.add(dvt, a.div(outside, a.broadcast(a.column(s), a.shape(outside))));
        }
        return List.of(du, Determinant.diagonal(ops, p), dvt);
    }

    @Override
    public <V> List<V> batch(Ops<V> ops, long size, List<V> inputs, List<Boolean> mapped) {
        return ops.apply(this, BatchOps.spread(ops, size, inputs, mapped));
    }
}

package tfl.primitive;

import java.util.List;
import java.util.function.IntPredicate;
import tfl.kernel.BinaryOp;
import tfl.kernel.Routine;
import tfl.kernel.UnaryOp;
import tfl.tensor.DType;
import tfl.tensor.TensorType;

/**
 * {@code A -> U, s, Vᴴ} with {@code A = U diag(s) Vᴴ}, s real and descending; reduced or full. The rules of a complex A
 * leave out how the library turns the phase of a column of V, and that of U with it.
 */
public record Svd(boolean full) implements Primitive {
    @Override
    public String name() {
        return "svd";
    }

    @Override
    public List<TensorType> shape(List<TensorType> inputs) {
        var a = inputs.getFirst();
        Matrices.check(name(), a);
        long m = Matrices.rows(a);
        long n = Matrices.columns(a);
        long k = Math.min(m, n);
        return List.of(Matrices.like(a, a.dtype(), m, full ? m : k), Matrices.like(a, a.dtype().real(), k),
                Matrices.like(a, a.dtype(), full ? n : k, n));
    }

    @Override
    public Lowering lower(List<TensorType> inputs) {
        return Matrices.library(new Routine.Svd(inputs.getFirst().dtype(), full));
    }

    /**
     * J. Townsend, Differentiating the singular value decomposition, 2016. With {@code F = 1 / (s_j² −
     * s_i²)}: {@code dA = [U (F ∘ (Uᴴ dU − dUᴴ U)) S + (I − U Uᴴ) dU S⁻¹] Vᴴ + U [S (F ∘ (Vᴴ dV − dVᴴ V)) Vᴴ
     * + S⁻¹ dVᴴ (I − V Vᴴ)] + U dS Vᴴ}, and of a complex matrix {@code U i Im(diag(Uᴴ dU)) S⁻¹ Vᴴ}.
     */
    @Override
    public <V> List<V> vjp(Ops<V> ops, List<V> inputs, List<V> outputs, List<V> cotangents, IntPredicate wanted) {
        var a = Algebra.of(ops);
        var type = ops.type(inputs.getFirst());
        boolean vectors = cotangents.get(0) != null || cotangents.get(2) != null;
        differentiable(type);
        var u = outputs.get(0);
        var vt = outputs.get(2);
        var dtype = type.dtype();
        var inner = cotangents.get(1) == null ? null : Matrices.diagonal(a, a.as(dtype, cotangents.get(1)));
        if (!vectors) {
            return List.of(a.matmul(u, a.matmul(inner, vt)));
        }
        var s = a.as(dtype, outputs.get(1));
        var gaps = gaps(a, outputs.get(1), dtype);
        V sides = null;
        if (cotangents.get(0) != null) {
            var du = cotangents.get(0);
            var turned = a.matmul(a.adjoint(u), du);
            var part = a.mul(gaps, a.sub(turned, a.adjoint(turned)));
            inner = a.add(inner, a.mul(part, a.broadcast(a.row(s), a.shape(part))));
            inner = a.add(inner, phases(a, turned, outputs.get(1)));
            var outside = a.sub(du, a.matmul(u, turned));
            sides = a.matmul(a.div(outside, a.broadcast(a.row(s), a.shape(outside))), vt);
        }
        if (cotangents.get(2) != null) {
            var dvt = cotangents.get(2);
            var turned = a.matmul(vt, a.adjoint(dvt));
            var part = a.mul(gaps, a.sub(turned, a.adjoint(turned)));
            inner = a.add(inner, a.mul(part, a.broadcast(a.column(s), a.shape(part))));
            var outside = a.sub(dvt, a.matmul(a.adjoint(turned), vt));
            sides = a.add(sides, a.matmul(u, a.div(outside, a.broadcast(a.column(s), a.shape(outside)))));
        }
        return List.of(a.add(a.matmul(u, a.matmul(inner, vt)), sides));
    }

    private void differentiable(TensorType type) {
        if (full && Matrices.rows(type) != Matrices.columns(type)) {
            throw Matrices.noGradient("the full SVD of a matrix that is not square", "use full_matrices=false");
        }
    }

    private static <V> V gaps(Algebra<V> a, V s, DType dtype) {
        return a.as(dtype, Matrices.gaps(a, a.mul(s, s)));
    }

    /**
     * {@code i Im(diag(x)) S⁻¹}: how a column of U turns in the complex plane where that of V stands still; 0 where the
     * singular value is. Null of a real matrix.
     */
    private static <V> V phases(Algebra<V> a, V x, V s) {
        if (!a.dtype(x).isComplex()) {
            return null;
        }
        var none = a.binary(BinaryOp.EQ, s, a.zeros(s));
        var turns = a.div(a.unary(UnaryOp.IMAG, Determinant.diagonal(a.ops(), x)), a.select(none, a.ones(s), s));
        var kept = a.select(none, a.zeros(s), turns);
        return Matrices.diagonal(a, a.binary(BinaryOp.COMPLEX, a.zeros(kept), kept));
    }

    /**
     * With {@code P = Uᴴ dA V}: {@code ds = Re(diag(P))}, {@code dU = U (F ∘ (P S + S Pᴴ)) + (I − U Uᴴ) dA V S⁻¹},
     * {@code dVᴴ = −(F ∘ (S P + Pᴴ S)) Vᴴ + S⁻¹ Uᴴ dA (I − V Vᴴ)}; of a complex matrix dU has also {@code U i
     * Im(diag(P)) S⁻¹}.
     */
    @Override
    public <V> List<V> jvp(Ops<V> ops, List<V> inputs, List<V> outputs, List<V> tangents) {
        var type = ops.type(inputs.getFirst());
        differentiable(type);
        var a = Algebra.of(ops);
        var u = outputs.get(0);
        var s = a.as(type.dtype(), outputs.get(1));
        var vt = outputs.get(2);
        var da = tangents.getFirst();
        // P = Uᴴ dA V
        var left = a.matmul(a.adjoint(u), da);
        var p = a.matmul(left, a.adjoint(vt));
        var ps = a.mul(p, a.broadcast(a.row(s), a.shape(p)));
        var sp = a.mul(p, a.broadcast(a.column(s), a.shape(p)));
        var gaps = gaps(a, outputs.get(1), type.dtype());
        var du = a.matmul(u, a.add(a.mul(gaps, a.add(ps, a.adjoint(ps))), phases(a, p, outputs.get(1))));
        var dvt = a.neg(a.matmul(a.mul(gaps, a.add(sp, a.adjoint(sp))), vt));
        if (Matrices.rows(type) > Matrices.columns(type)) {
            var outside = a.matmul(a.sub(da, a.matmul(u, left)), a.adjoint(vt));
            du = a.add(du, a.div(outside, a.broadcast(a.row(s), a.shape(outside))));
        } else if (Matrices.rows(type) < Matrices.columns(type)) {
            var outside = a.sub(left, a.matmul(p, vt));
            dvt = a.add(dvt, a.div(outside, a.broadcast(a.column(s), a.shape(outside))));
        }
        return List.of(du, a.real(Determinant.diagonal(ops, p)), dvt);
    }

    @Override
    public <V> List<V> batch(Ops<V> ops, long size, List<V> inputs, List<Boolean> mapped) {
        return ops.apply(this, BatchOps.spread(ops, size, inputs, mapped));
    }
}

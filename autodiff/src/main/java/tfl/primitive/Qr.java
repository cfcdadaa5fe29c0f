package tfl.primitive;

import java.util.List;
import java.util.function.IntPredicate;
import tfl.kernel.BinaryOp;
import tfl.kernel.Routine;
import tfl.tensor.TensorType;

/** {@code A -> Q, R}: orthonormal columns times an upper triangle; reduced or complete. */
public record Qr(boolean complete) implements Primitive {
    @Override
    public String name() {
        return "qr";
    }

    @Override
    public List<TensorType> shape(List<TensorType> inputs) {
        var a = inputs.getFirst();
        Matrices.check(name(), a);
        long m = Matrices.rows(a);
        long n = Matrices.columns(a);
        long k = complete ? m : Math.min(m, n);
        return List.of(Matrices.like(a, a.dtype(), m, k), Matrices.like(a, a.dtype(), k, n));
    }

    @Override
    public Lowering lower(List<TensorType> inputs) {
        return Matrices.library(new Routine.Qr(inputs.getFirst().dtype(), complete));
    }

    /**
     * Walter and Lehmann, Algorithmic differentiation of linear algebra functions, 2018: with {@code M = R
     * dRᴴ − dQᴴ Q}, {@code dA = (dQ + Q copyltu(M)) R⁻ᴴ}, where copyltu mirrors the lower triangle and, as R has a
     * real diagonal, makes its own real. A wide matrix is {@code [A₁ A₂] = Q [R₁ R₂]} with {@code R₂ = Qᴴ A₂}: A₂ gets
     * {@code Q dR₂}, Q gets {@code A₂ dR₂ᴴ}.
     */
    @Override
    public <V> List<V> vjp(Ops<V> ops, List<V> inputs, List<V> outputs, List<V> cotangents, IntPredicate wanted) {
        var type = ops.type(inputs.getFirst());
        differentiable(type);
        var a = Algebra.of(ops);
        boolean wide = Matrices.rows(type) < Matrices.columns(type);
        return List.of(wide ? pullWide(a, outputs.get(0), outputs.get(1), cotangents.get(0), cotangents.get(1))
                : pull(a, outputs.get(0), outputs.get(1), cotangents.get(0), cotangents.get(1)));
    }

    private static <V> V pullWide(Algebra<V> a, V q, V r, V dq, V dr) {
        var ops = a.ops();
        long m = Matrices.rows(ops.type(r));
        long n = Matrices.columns(ops.type(r));
        var rest = columns(ops, r, m, n);
        if (dr == null) {
            return ops.call(new Concat(a.rank(r) - 1), pull(a, q, columns(ops, r, 0, m), dq, null), a.zeros(rest));
        }
        var drest = columns(ops, dr, m, n);
        // M×M · M×(N−M) · (M×(N−M))ᴴ → M×M
        var handed = a.matmul(a.matmul(q, rest), a.adjoint(drest));
        var left = pull(a, q, columns(ops, r, 0, m), a.add(dq, handed), columns(ops, dr, 0, m));
        return ops.call(new Concat(a.rank(r) - 1), left, a.matmul(q, drest));
    }

    private static <V> V pull(Algebra<V> a, V q, V r, V dq, V dr) {
        // N×N · (N×N)ᴴ − (M×N)ᴴ · M×N → N×N
        var m = a.add(dr == null ? null : a.matmul(r, a.adjoint(a.upper(dr))),
                dq == null ? null : a.neg(a.matmul(a.adjoint(dq), q)));
        var below = a.strictlyLower(m);
        var mirrored = a.add(a.add(below, a.adjoint(below)), diagonal(a, m, a.real(m)));
        return Matrices.solveRight(a.ops(), r, a.add(dq, a.matmul(q, mirrored)), false, true);
    }

    /** The diagonal of real matrices, in the dtype of {@code like}. */
    private static <V> V diagonal(Algebra<V> a, V like, V real) {
        var on = a.triangle(a.shape(like), BinaryOp.EQ, 0);
        return a.select(on, a.as(a.dtype(like), real), a.zeros(like));
    }

    private void differentiable(TensorType type) {
        if (complete && Matrices.rows(type) > Matrices.columns(type)) {
            throw Matrices.noGradient("the complete QR decomposition of a tall matrix", "the reduced one has one");
        }
    }

    private static <V> V columns(Ops<V> ops, V x, long from, long to) {
        var shape = ops.type(x).shape();
        boolean all = from == 0 && to == Matrices.columns(ops.type(x));
        return all ? x : ops.call(Slice.along(shape, shape.rank() - 1, from, to), x);
    }

    /**
     * With {@code X = dA R⁻¹} and the skew {@code Ω} that is {@code Qᴴ X} below its diagonal, and on it in the
     * imaginary parts: {@code dQ = X + Q (Ω − Qᴴ X)}, {@code dR = Qᴴ dA − Ω R}. Of a wide matrix the first columns, as
     * many as rows, fix Q.
     */
    @Override
    public <V> List<V> jvp(Ops<V> ops, List<V> inputs, List<V> outputs, List<V> tangents) {
        var type = ops.type(inputs.getFirst());
        differentiable(type);
        var a = Algebra.of(ops);
        var q = outputs.get(0);
        var r = outputs.get(1);
        var da = tangents.getFirst();
        long n = Math.min(Matrices.rows(type), Matrices.columns(type));
        var x = Matrices.solveRight(ops, columns(ops, r, 0, n), columns(ops, da, 0, n), false, false);
        var turned = a.matmul(a.adjoint(q), x);
        var below = a.strictlyLower(turned);
        var spin = a.sub(below, a.adjoint(below));
        if (type.dtype().isComplex()) {
            spin = a.add(spin, a.sub(diagonal(a, turned, turned), diagonal(a, turned, a.real(turned))));
        }
        var dq = a.add(x, a.matmul(q, a.sub(spin, turned)));
        var dr = a.sub(a.matmul(a.adjoint(q), da), a.matmul(spin, r));
        return List.of(dq, a.upper(dr));
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

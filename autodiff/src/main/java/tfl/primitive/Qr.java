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
        Matrices.real(name(), a);
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
     * dRᵀ − dQᵀ Q}, {@code dA = (dQ + Q copyltu(M)) R⁻ᵀ}, where copyltu mirrors the lower triangle.
     */
    @Override
    public <V> List<V> vjp(Ops<V> ops, List<V> inputs, List<V> outputs, List<V> cotangents, IntPredicate wanted) {
        var type = ops.type(inputs.getFirst());
        long more = Matrices.rows(type) - Matrices.columns(type);
        if (more < 0 || complete && more != 0) {
            var what = complete ? "the complete QR decomposition" : "the QR decomposition of a wide matrix";
            throw Matrices.noGradient(what, "the reduced decomposition of a tall or square matrix has one");
        }
        var a = Algebra.of(ops);
        var q = outputs.get(0);
        var r = outputs.get(1);
        var dq = cotangents.get(0);
        // N×N · (N×N)ᵀ − (M×N)ᵀ · M×N → N×N
        var m = a.add(cotangents.get(1) == null ? null : a.matmul(r, a.transpose(a.upper(cotangents.get(1)))),
                dq == null ? null : a.neg(a.matmul(a.transpose(dq), q)));
        var below = a.select(a.triangle(a.shape(m), BinaryOp.LT, 0), m, a.zeros(m));
        var mirrored = a.add(a.lower(m), a.transpose(below));
        return List.of(Matrices.solveRight(ops, r, a.add(dq, a.matmul(q, mirrored)), false, true));
    }

    @Override
    public Residuals residuals(List<TensorType> inputs) {
        return Residuals.OUTPUTS;
    }
}

package tfl.primitive;

import java.util.List;
import java.util.function.IntPredicate;
import tfl.kernel.BinaryOp;
import tfl.kernel.Routine;
import tfl.kernel.UnaryOp;
import tfl.tensor.DType;
import tfl.tensor.TensorType;

/** {@code A -> w, V} with {@code A V = V diag(w)}, complex, also of a real A; columns of V have length 1. */
public record Eig() implements Primitive {
    @Override
    public String name() {
        return "eig";
    }

    @Override
    public List<TensorType> shape(List<TensorType> inputs) {
        var a = inputs.getFirst();
        Matrices.checkSquare(name(), a);
        long n = Matrices.rows(a);
        return List.of(Matrices.like(a, DType.C64, n), Matrices.like(a, DType.C64, n, n));
    }

    @Override
    public Lowering lower(List<TensorType> inputs) {
        return Matrices.library(new Routine.EigGeneral(inputs.getFirst().dtype()));
    }

    /**
     * Boeddeker, Hanebrink, Drude, Heymann, Haeb-Umbach: On the computation of complex-valued gradients,
     * 2017, eq. 4.77: {@code dA = V⁻ᴴ (diag(dw) + conj(F) ∘ (Vᴴ dV − Vᴴ V diag(Re(Vᴴ dV)))) Vᴴ} with {@code F
     * = 1 / (w_j − w_i)}.
     */
    @Override
    public <V> List<V> vjp(Ops<V> ops, List<V> inputs, List<V> outputs, List<V> cotangents, IntPredicate wanted) {
        var a = Algebra.of(ops);
        var v = outputs.get(1);
        var adjoint = a.adjoint(v);
        var inner = cotangents.get(0) == null ? null : Matrices.diagonal(a, cotangents.get(0));
        if (cotangents.get(1) != null) {
            var turned = a.matmul(adjoint, cotangents.get(1));
            var onDiagonal = a.triangle(a.shape(turned), BinaryOp.EQ, 0);
            var lengths = a.select(onDiagonal, ops.call(new Cast(DType.C64), a.unary(UnaryOp.REAL, turned)),
                    a.zeros(turned));
            var free = a.sub(turned, a.matmul(a.matmul(adjoint, v), lengths));
            inner = a.add(inner, a.mul(a.conj(Matrices.gaps(a, outputs.get(0))), free));
        }
        // A real matrix keeps the real part.
        var da = ops.call(new Solve(), adjoint, a.matmul(inner, adjoint));
        return List.of(a.as(ops.type(inputs.getFirst()).dtype(), da));
    }

    /**
     * With {@code P = V⁻¹ dA V}: {@code dw = diag(P)}, {@code dV = V (F ∘ P)} kept at length 1. Like the pullback it
     * leaves out how the library turns the phase of a complex column.
     */
    @Override
    public <V> List<V> jvp(Ops<V> ops, List<V> inputs, List<V> outputs, List<V> tangents) {
        var a = Algebra.of(ops);
        var v = outputs.get(1);
        var p = ops.call(new Solve(), v, a.matmul(a.as(DType.C64, tangents.getFirst()), v));
        var dv = a.matmul(v, a.mul(Matrices.gaps(a, outputs.get(0)), p));
        // What would lengthen a column is taken back from it.
        var along = a.unary(UnaryOp.REAL, a.timesConj(dv, v));
        var growth = a.row(ops.call(new Cast(DType.C64), a.sum(along, a.rank(v) - 2)));
        return List.of(Determinant.diagonal(ops, p), a.sub(dv, a.mul(v, a.broadcast(growth, a.shape(v)))));
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

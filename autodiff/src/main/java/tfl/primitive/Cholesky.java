package tfl.primitive;

import java.util.List;
import java.util.function.IntPredicate;
import tfl.kernel.Routine;
import tfl.tensor.TensorType;

/** {@code A -> L}, lower triangular, with {@code L Lᴴ = A} for a Hermitian positive definite A. */
public record Cholesky() implements Primitive {
    @Override
    public String name() {
        return "cholesky";
    }

    @Override
    public List<TensorType> shape(List<TensorType> inputs) {
        Matrices.checkSquare(name(), inputs.getFirst());
        return inputs;
    }

    @Override
    public Lowering lower(List<TensorType> inputs) {
        return Matrices.library(new Routine.Cholesky(inputs.getFirst().dtype()));
    }

    /** I. Murray, Differentiation of the Cholesky decomposition, 2016: L⁻ᴴ Φ(Lᴴ dL) L⁻¹, made Hermitian. */
    @Override
    public <V> List<V> vjp(Ops<V> ops, List<V> inputs, List<V> outputs, List<V> cotangents, IntPredicate wanted) {
        var a = Algebra.of(ops);
        var l = outputs.getFirst();
        var phi = a.scaleDiagonal(a.lower(a.matmul(a.adjoint(l), a.lower(cotangents.getFirst()))), 0.5);
        var left = Matrices.solve(ops, l, phi, true, true);
        var both = Matrices.solveRight(ops, l, left, true, false);
        return List.of(Matrices.hermitian(a, both));
    }

    /** {@code dL = L Φ(L⁻¹ dA L⁻ᴴ)}, Φ the lower triangle with half the diagonal. */
    @Override
    public <V> List<V> jvp(Ops<V> ops, List<V> inputs, List<V> outputs, List<V> tangents) {
        var a = Algebra.of(ops);
        var l = outputs.getFirst();
        var da = Matrices.hermitian(a, tangents.getFirst());
        var both = Matrices.solveRight(ops, l, Matrices.solve(ops, l, da, true, false), true, true);
        return List.of(a.matmul(l, a.scaleDiagonal(a.lower(both), 0.5)));
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

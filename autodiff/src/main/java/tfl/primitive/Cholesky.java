package tfl.primitive;

import java.util.List;
import java.util.function.IntPredicate;
import tfl.kernel.Routine;
import tfl.tensor.TensorType;

/** {@code A -> L}, lower triangular, with {@code L Lᵀ = A} for a symmetric positive definite A. */
public record Cholesky() implements Primitive {
    @Override
    public String name() {
        return "cholesky";
    }

    @Override
    public List<TensorType> shape(List<TensorType> inputs) {
        Matrices.realSquare(name(), inputs.getFirst());
        return inputs;
    }

    @Override
    public Lowering lower(List<TensorType> inputs) {
        return Matrices.library(new Routine.Cholesky(inputs.getFirst().dtype()));
    }

    /** I. Murray, Differentiation of the Cholesky decomposition, 2016: L⁻ᵀ Φ(Lᵀ dL) L⁻¹, made symmetric. */
    @Override
    public <V> List<V> vjp(Ops<V> ops, List<V> inputs, List<V> outputs, List<V> cotangents, IntPredicate wanted) {
        var a = Algebra.of(ops);
        var l = outputs.getFirst();
        var phi = a.scaleDiagonal(a.lower(a.matmul(a.transpose(l), a.lower(cotangents.getFirst()))), 0.5);
        var left = Matrices.solve(ops, l, phi, true, true);
        var both = Matrices.solveRight(ops, l, left, true, false);
        return List.of(a.scale(a.add(both, a.transpose(both)), 0.5));
    }

    /** {@code dL = L Φ(L⁻¹ dA L⁻ᵀ)}, Φ the lower triangle with half the diagonal. */
    @Override
    public <V> List<V> jvp(Ops<V> ops, List<V> inputs, List<V> outputs, List<V> tangents) {
        var a = Algebra.of(ops);
        var l = outputs.getFirst();
        var da = a.scale(a.add(tangents.getFirst(), a.transpose(tangents.getFirst())), 0.5);
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

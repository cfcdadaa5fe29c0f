package tfl.primitive;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import tfl.kernel.Routine;
import tfl.tensor.TensorType;

/** {@code T, B -> X} with {@code op(T) X = B} for a triangular T, op the transpose or nothing. */
public record TriangularSolve(boolean lower, boolean transposed, boolean unitDiagonal) implements Primitive {
    @Override
    public String name() {
        return "solve_triangular";
    }

    @Override
    public List<TensorType> shape(List<TensorType> inputs) {
        return List.of(Solve.rightSides(name(), inputs.get(0), inputs.get(1)));
    }

    @Override
    public Lowering lower(List<TensorType> inputs) {
        return Matrices.library(
                new Routine.TriangularSolve(inputs.getFirst().dtype(), lower, transposed, unitDiagonal));
    }

    @Override
    public <V> List<V> vjp(Ops<V> ops, List<V> inputs, List<V> outputs, List<V> cotangents, IntPredicate wanted) {
        var a = Algebra.of(ops);
        // op(N×N)⁻ᴴ · N×K → N×K
        var right = new TriangularSolve(lower, !transposed, unitDiagonal).conjugate(ops, inputs.get(0),
                cotangents.getFirst());
        if (!wanted.test(0)) {
            return Arrays.asList(null, right);
        }
        // −N×K · (N×K)ᴴ → N×N, within the triangle; of the transpose, its transpose
        var x = outputs.getFirst();
        var full = transposed ? a.matmul(a.conj(x), a.transpose(right)) : a.matmul(right, a.adjoint(x));
        return Arrays.asList(a.neg(within(a, full)), wanted.test(1) ? right : null);
    }

    /** {@code dX = op(T)⁻¹ (dB − op(dT) X)}. */
    @Override
    public <V> List<V> jvp(Ops<V> ops, List<V> inputs, List<V> outputs, List<V> tangents) {
        var a = Algebra.of(ops);
        V moved = null;
        if (tangents.get(0) != null) {
            var within = within(a, tangents.get(0));
            moved = a.neg(a.matmul(transposed ? a.transpose(within) : within, outputs.getFirst()));
        }
        return List.of(ops.call(this, inputs.get(0), a.add(tangents.get(1), moved)));
    }

    @Override
    public <V> List<V> batch(Ops<V> ops, long size, List<V> inputs, List<Boolean> mapped) {
        return Solve.batch(ops, this, size, inputs, mapped);
    }

    /** {@code X} so that {@code conj(op(T)) X = B}. */
    <V> V conjugate(Ops<V> ops, V triangle, V x) {
        var a = Algebra.of(ops);
        return a.conj(ops.call(this, triangle, a.conj(x)));
    }

    /** The part of the matrix that the operation reads. */
    private <V> V within(Algebra<V> a, V x) {
        var triangle = lower ? a.lower(x) : a.upper(x);
        return unitDiagonal ? a.scaleDiagonal(triangle, 0) : triangle;
    }
}

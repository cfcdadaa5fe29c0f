package tfl.primitive;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import tfl.kernel.Kernel;
import tfl.kernel.UnaryOp;
import tfl.tensor.TensorType;

/**
 * {@code (x - mean(x)) / sqrt(variance(x) + epsilon)} along the last axis, the heart of layer normalisation,
 * in one pass over the rows. Inputs: x, or x, a weight that multiplies the result and a bias that is added to it,
 * both of the type of x (spread along the other axes, as a rule, which copies nothing).
 */
public record Standardize(double epsilon) implements Primitive {
    @Override
    public String name() {
        return "standardize";
    }

    @Override
    public List<TensorType> shape(List<TensorType> inputs) {
        Check.floats(name(), inputs.getFirst());
        Check.axis(name(), -1, inputs.getFirst().shape().rank());
        Check.sameTypes(name(), inputs);
        return List.of(inputs.getFirst());
    }

    @Override
    public Lowering lower(List<TensorType> inputs) {
        var shape = inputs.getFirst().shape();
        double one = 1.0 / Math.max(1, shape.dim(shape.rank() - 1));
        var row = new Rows(inputs.getFirst().dtype());
        var mean = row.stage(Scalars.mul(row.stage(row.input(0), Kernel.Fold.SUM), one), Kernel.Fold.SUM);
        var centred = Scalars.sub(row.input(0), mean);
        var variance = Scalars.mul(row.stage(Scalars.square(centred), Kernel.Fold.SUM), one);
        var scale = Scalars.unary(UnaryOp.RSQRT, Scalars.add(variance, Scalars.like(variance, epsilon)));
        var standardized = Scalars.mul(centred, row.stage(scale, Kernel.Fold.SUM));
        return row.kernel(inputs.size(), inputs.size() == 1 ? standardized
                : Scalars.add(Scalars.mul(standardized, row.input(1)), row.input(2)));
    }

    @Override
    public <V> List<V> vjp(Ops<V> ops, List<V> inputs, List<V> outputs, List<V> cotangents, IntPredicate wanted) {
        var back = new RowPullback(RowPullback.Of.STANDARDIZE, epsilon);
        var x = inputs.getFirst();
        var ct = cotangents.getFirst();
        if (inputs.size() == 1) {
            return List.of(ops.call(back, x, ct));
        }
        var a = Algebra.of(ops);
        return Arrays.asList(wanted.test(0) ? ops.call(back, x, a.mul(ct, inputs.get(1))) : null,
                wanted.test(1) ? a.mul(ct, ops.call(this, x)) : null, ct);
    }

    @Override
    public <V> List<V> jvp(Ops<V> ops, List<V> inputs, List<V> outputs, List<V> tangents) {
        var a = Algebra.of(ops);
        var x = inputs.getFirst();
        // The Jacobian s (I − 1 1ᵀ / count − c cᵀ s² / count) is symmetric: pushing is pulling.
        var push = new RowPullback(RowPullback.Of.STANDARDIZE, epsilon);
        var moved = tangents.getFirst() == null ? null : ops.call(push, x, tangents.getFirst());
        if (inputs.size() == 1) {
            return List.of(moved);
        }
        var weighted = moved == null ? null : a.mul(moved, inputs.get(1));
        var reweighted = tangents.get(1) == null ? null : a.mul(ops.call(this, x), tangents.get(1));
        return List.of(a.add(a.add(weighted, reweighted), tangents.get(2)));
    }

    @Override
    public <V> List<V> batch(Ops<V> ops, long size, List<V> inputs, List<Boolean> mapped) {
        return ops.apply(this, BatchOps.spread(ops, size, inputs, mapped));
    }

    @Override
    public Residuals residuals(List<TensorType> inputs) {
        return Residuals.INPUTS;
    }
}

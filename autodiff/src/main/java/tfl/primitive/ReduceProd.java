package tfl.primitive;

import java.util.List;
import java.util.function.IntPredicate;
import tfl.kernel.BinaryOp;
import tfl.kernel.Kernel.Fold;
import tfl.tensor.TensorType;

/** The product over axes (ascending), which disappear. */
public record ReduceProd(List<Integer> axes) implements Primitive {
    @Override
    public String name() {
        return "prod";
    }

    @Override
    public List<TensorType> shape(List<TensorType> inputs) {
        return List.of(Reductions.shape(name(), inputs.getFirst(), axes));
    }

    @Override
    public Lowering lower(List<TensorType> inputs) {
        return Reductions.kernel(inputs.getFirst(), Fold.PROD, axes);
    }

    @Override
    public <V> List<V> vjp(Ops<V> ops, List<V> inputs, List<V> outputs, List<V> cotangents, IntPredicate wanted) {
        var x = inputs.getFirst();
        var ct = Reductions.spread(ops, cotangents.getFirst(), axes, ops.type(x).shape());
        return List.of(Algebra.of(ops).timesConj(ct, others(ops, x)));
    }

    // The slope of each factor is the product of all others, exact also where factors are 0: along a flattened
    // axis, the product of those before times the product of those after.
    private <V> V others(Ops<V> ops, V x) {
        var flat = Flattened.of(ops.type(x).shape(), axes);
        var row = flat.flatten(ops, x);
        int last = ops.type(row).shape().rank() - 1;
        var before = ops.call(new Cumulative(Fold.PROD, last, false, true), row);
        var after = ops.call(new Cumulative(Fold.PROD, last, true, true), row);
        return flat.restore(ops, ops.call(new Binary(BinaryOp.MUL), before, after));
    }

    @Override
    public <V> List<V> jvp(Ops<V> ops, List<V> inputs, List<V> outputs, List<V> tangents) {
        var terms = ops.call(new Binary(BinaryOp.MUL), tangents.getFirst(), others(ops, inputs.getFirst()));
        return List.of(ops.call(new ReduceSum(axes), terms));
    }

    @Override
    public <V> List<V> batch(Ops<V> ops, long size, List<V> inputs, List<Boolean> mapped) {
        return ops.apply(new ReduceProd(MappedAxis.behind(axes)), inputs);
    }

    @Override
    public Residuals residuals(List<TensorType> inputs) {
        return Residuals.INPUTS;
    }
}

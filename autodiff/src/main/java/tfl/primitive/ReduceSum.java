package tfl.primitive;

import java.util.List;
import java.util.function.IntPredicate;
import tfl.kernel.Kernel.Fold;
import tfl.tensor.TensorType;

/** The sum over axes (ascending), which disappear. Halves add up in f32. */
public record ReduceSum(List<Integer> axes) implements Primitive {
    @Override
    public String name() {
        return "sum";
    }

    @Override
    public List<TensorType> shape(List<TensorType> inputs) {
        return List.of(Reductions.shape(name(), inputs.getFirst(), axes));
    }

    @Override
    public Lowering lower(List<TensorType> inputs) {
        return Reductions.kernel(inputs.getFirst(), Fold.SUM, axes);
    }

    @Override
    public <V> List<V> vjp(Ops<V> ops, List<V> inputs, List<V> outputs, List<V> cotangents, IntPredicate wanted) {
        // Every summand has slope 1: the cotangent is repeated along the summed axes.
        return List.of(Reductions.spread(ops, cotangents.getFirst(), axes, ops.type(inputs.getFirst()).shape()));
    }

    @Override
    public <V> List<V> jvp(Ops<V> ops, List<V> inputs, List<V> outputs, List<V> tangents) {
        return List.of(ops.call(this, tangents.getFirst()));
    }

    @Override
    public <V> List<V> batch(Ops<V> ops, long size, List<V> inputs, List<Boolean> mapped) {
        return ops.apply(new ReduceSum(MappedAxis.behind(axes)), inputs);
    }

    @Override
    public Residuals residuals(List<TensorType> inputs) {
        return Residuals.NONE;
    }
}

package tfl.primitive;

import java.util.Collections;
import java.util.List;
import java.util.function.IntPredicate;
import tfl.kernel.Kernel;
import tfl.kernel.Kernel.Fold;
import tfl.tensor.DType;
import tfl.tensor.TensorType;

/** Whether all, or any, elements over axes (ascending) are true (not zero). */
public record ReduceLogical(boolean all, List<Integer> axes) implements Primitive {
    @Override
    public String name() {
        return all ? "all" : "any";
    }

    private Fold fold() {
        return all ? Fold.ALL : Fold.ANY;
    }

    @Override
    public List<TensorType> shape(List<TensorType> inputs) {
        return List.of(new TensorType(DType.BOOL, Reductions.shape(name(), inputs.getFirst(), axes).shape()));
    }

    @Override
    public Lowering lower(List<TensorType> inputs) {
        var dtype = inputs.getFirst().dtype();
        var body = Scalars.cast(DType.BOOL, Scalars.input(0, dtype));
        return new Lowering.Launch(new Kernel.Reduce(List.of(dtype), body, fold(), axes, DType.BOOL, DType.BOOL));
    }

    @Override
    public <V> List<V> vjp(Ops<V> ops, List<V> inputs, List<V> outputs, List<V> cotangents, IntPredicate wanted) {
        return Collections.singletonList(null);
    }

    @Override
    public <V> List<V> jvp(Ops<V> ops, List<V> inputs, List<V> outputs, List<V> tangents) {
        return Collections.singletonList(null);
    }

    @Override
    public <V> List<V> batch(Ops<V> ops, long size, List<V> inputs, List<Boolean> mapped) {
        return ops.apply(new ReduceLogical(all, MappedAxis.behind(axes)), inputs);
    }

    @Override
    public Residuals residuals(List<TensorType> inputs) {
        return Residuals.NONE;
    }
}

package tfl.primitive;

import java.util.Collections;
import java.util.List;
import java.util.function.IntPredicate;
import tfl.tensor.Tensor;
import tfl.tensor.TensorType;

/** The operand itself, which no gradient passes. */
public record StopGradient() implements Primitive {
    @Override
    public String name() {
        return "stop_gradient";
    }

    @Override
    public List<TensorType> shape(List<TensorType> inputs) {
        return inputs;
    }

    @Override
    public List<Tensor> eval(List<Tensor> inputs) {
        return List.of(Meaning.move(inputs.getFirst(), inputs.getFirst().type(), at -> at));
    }

    @Override
    public Lowering lower(List<TensorType> inputs) {
        return new Lowering.View((x, type) -> Meaning.view(x, type, x.strides(), x.offset()));
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
        return ops.apply(this, inputs);
    }

    @Override
    public Residuals residuals(List<TensorType> inputs) {
        return Residuals.NONE;
    }
}

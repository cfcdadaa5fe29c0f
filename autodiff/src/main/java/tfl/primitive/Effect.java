package tfl.primitive;

import java.util.Collections;
import java.util.List;
import java.util.function.IntPredicate;
import tfl.tensor.Tensor;
import tfl.tensor.TensorType;

/**
 * Something done with values whenever a graph comes to it, such as printing them. It gives nothing back; of mapped
 * values it is given all elements at once that come to it.
 *
 * @param name what the program calls it, such as {@code print}
 */
public record Effect(String name, Action action) implements ControlFlow {
    /** What is done. The tensors stay the caller's. Two actions are equal only if they are the same object. */
    @FunctionalInterface
    public interface Action {
        void run(Tensor[] values);

        /** Whether it only looks at the values, so that what is done again looks again. */
        default boolean looks() {
            return false;
        }
    }

    @Override
    public List<TensorType> shape(List<TensorType> inputs) {
        return List.of();
    }

    @Override
    public Lowering lower(List<TensorType> inputs) {
        return new Lowering.Control((runner, values) -> {
            action.run(values);
            return new Tensor[0];
        });
    }

    @Override
    public List<Tensor> eval(List<Tensor> inputs) {
        action.run(inputs.toArray(Tensor[]::new));
        return List.of();
    }

    @Override
    public <V> List<V> vjp(Ops<V> ops, List<V> inputs, List<V> outputs, List<V> cotangents, IntPredicate wanted) {
        return Collections.nCopies(inputs.size(), null);
    }

    @Override
    public <V> List<V> jvp(Ops<V> ops, List<V> inputs, List<V> outputs, List<V> tangents) {
        return List.of();
    }

    @Override
    public <V> List<V> batch(Ops<V> ops, long size, List<V> inputs, List<Boolean> mapped) {
        return ops.apply(action instanceof Lanes lanes ? new Effect(name, lanes.mapped(size, mapped)) : this, inputs);
    }

    @Override
    public <V> List<V> laned(Ops<V> ops, List<V> inputs, V lane) {
        return action instanceof Lanes(var own, var levels, boolean asked) && asked ? ops.apply(this, inputs)
                : ops.apply(new Effect(name, Lanes.asking(action)), Regions.join(inputs, List.of(lane)));
    }

    @Override
    public boolean hasEffect() {
        return true;
    }
}

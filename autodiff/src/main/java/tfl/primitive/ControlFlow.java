package tfl.primitive;

import java.util.List;
import tfl.tensor.Tensor;
import tfl.tensor.TensorType;

/** What runs regions, or asks the values of its operands what to run. Its meaning is that of the primitives it runs. */
public sealed interface ControlFlow extends Primitive
        permits Cond, While, Scan, Call, CustomCall, RandomBits, Effect {
    @Override
    default List<Tensor> eval(List<Tensor> inputs) {
        return Meaning.control(this, inputs);
    }

    /** By {@link #push}, unless there is a rule of its own. */
    @Override
    default <V> List<V> jvp(Ops<V> ops, List<V> inputs, List<V> outputs, List<V> tangents) {
        return push(ops, inputs, tangents).tangents();
    }

    /** By {@link #map}, unless there is a rule of its own. */
    @Override
    default <V> List<V> batch(Ops<V> ops, long size, List<V> inputs, List<Boolean> mapped) {
        return BatchOps.spread(ops, size, map(ops, size, inputs, mapped));
    }

    /** Applies it with a lane for the effects in it, see {@link Lanes}. */
    default <V> List<V> laned(Ops<V> ops, List<V> inputs, V lane) {
        return ops.apply(this, inputs);
    }

    /** The same without the effects in it. */
    default Primitive silent() {
        return withRegions(regions().stream().map(Regions::silent).toList());
    }

    @Override
    default boolean hasEffect() {
        return regions().stream().anyMatch(Region::hasEffect);
    }

    @Override
    default Residuals residuals(List<TensorType> inputs) {
        return Residuals.INPUTS;
    }
}

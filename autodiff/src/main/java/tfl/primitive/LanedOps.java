package tfl.primitive;

import java.util.List;
import tfl.language.source.Span;
import tfl.tensor.TensorType;

/** Gives every effect a lane, see {@link Lanes}, wherever in control flow it is. */
record LanedOps<V>(Ops<V> ops, V lane) implements Ops<V> {
    @Override
    public List<V> apply(Primitive primitive, List<V> inputs) {
        return primitive instanceof ControlFlow flow && flow.hasEffect() ? flow.laned(ops, inputs, lane)
                : ops.apply(primitive, inputs);
    }

    @Override
    public void at(Span place) {
        ops.at(place);
    }

    @Override
    public TensorType type(V value) {
        return ops.type(value);
    }

    @Override
    public V full(TensorType type, double value) {
        return ops.full(type, value);
    }

    @Override
    public boolean isTransposed(V value) {
        return ops.isTransposed(value);
    }

    @Override
    public void drop(V value) {
        ops.drop(value);
    }
}

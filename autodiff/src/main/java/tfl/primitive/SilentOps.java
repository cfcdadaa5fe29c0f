package tfl.primitive;

import java.util.List;
import tfl.language.source.Span;
import tfl.tensor.TensorType;

/** Leaves out effects, wherever in control flow they are: for what runs again, whose effects were done before. */
record SilentOps<V>(Ops<V> ops) implements Ops<V> {
    @Override
    public List<V> apply(Primitive primitive, List<V> inputs) {
        return primitive instanceof Effect ? List.of() : ops.apply(silent(primitive), inputs);
    }

    /** The same primitive without effects. */
    static Primitive silent(Primitive primitive) {
        return primitive instanceof ControlFlow flow && flow.hasEffect() ? flow.silent() : primitive;
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

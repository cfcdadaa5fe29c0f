package tfl.primitive;

import java.util.List;

/**
 * Leaves out effects, wherever in control flow they are: for what runs again, whose effects were done before. What only
 * looks looks again.
 */
record SilentOps<V>(Ops<V> ops) implements LayeredOps<V> {
    @Override
    public List<V> apply(Primitive primitive, List<V> inputs) {
        return primitive instanceof Effect effect && !effect.action().looks() ? List.of()
                : ops.apply(silent(primitive), inputs);
    }

    /** The same primitive without effects. */
    static Primitive silent(Primitive primitive) {
        return primitive instanceof ControlFlow flow && flow.hasEffect() ? flow.silent() : primitive;
    }
}

package tfl.primitive;

import java.util.List;

/** Gives every effect a lane, see {@link Lanes}, wherever in control flow it is. */
record LanedOps<V>(Ops<V> ops, V lane) implements LayeredOps<V> {
    @Override
    public List<V> apply(Primitive primitive, List<V> inputs) {
        return primitive instanceof ControlFlow flow && flow.hasEffect() ? flow.laned(ops, inputs, lane)
                : ops.apply(primitive, inputs);
    }
}

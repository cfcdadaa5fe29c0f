package tfl.lower;

import java.util.List;
import tfl.language.source.Location;
import tfl.primitive.LayeredOps;
import tfl.primitive.Ops;
import tfl.primitive.Primitive;

/**
 * Applies the primitives of a graph one by one; the first that fails says where it stands, as a {@link Program} does.
 */
public final class StepOps<V> implements LayeredOps<V> {
    private final Ops<V> ops;
    private Location place = Location.NONE;

    public StepOps(Ops<V> ops) {
        this.ops = ops;
    }

    @Override
    public Ops<V> ops() {
        return ops;
    }

    @Override
    public List<V> apply(Primitive primitive, List<V> inputs) {
        try {
            return ops.apply(primitive, inputs);
        } catch (RuntimeException problem) {
            throw FailedStep.of(problem, place);
        }
    }

    @Override
    public void at(Location next) {
        place = next;
        ops.at(next);
    }
}

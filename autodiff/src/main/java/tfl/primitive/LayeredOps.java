package tfl.primitive;

import tfl.language.source.Location;
import tfl.tensor.TensorType;

/** Another's operations on the same values; only how primitives are applied differs. */
public interface LayeredOps<V> extends Ops<V> {
    /** Those below. */
    Ops<V> ops();

    @Override
    default TensorType type(V value) {
        return ops().type(value);
    }

    @Override
    default V full(TensorType type, double value) {
        return ops().full(type, value);
    }

    @Override
    default boolean isTransposed(V value) {
        return ops().isTransposed(value);
    }

    @Override
    default void at(Location place) {
        ops().at(place);
    }

    @Override
    default void drop(V value) {
        ops().drop(value);
    }
}

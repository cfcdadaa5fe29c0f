package tfl.primitive;

import java.util.List;
import tfl.language.source.Location;
import tfl.tensor.TensorType;

/**
 * The operations that derivative rules are written with; one implementer runs them, another writes a graph.
 */
public interface Ops<V> {
    /** Applies a primitive. */
    List<V> apply(Primitive primitive, List<V> inputs);

    /** The type of a value. */
    TensorType type(V value);

    /** A tensor of that type filled with one number. */
    V full(TensorType type, double value);

    /** The only result of a primitive of one operand. */
    default V call(Primitive primitive, V x) {
        return apply(primitive, List.of(x)).getFirst();
    }

    /** The only result of a primitive of two operands. */
    default V call(Primitive primitive, V x, V y) {
        return apply(primitive, List.of(x, y)).getFirst();
    }

    /** The only result of a primitive of three operands. */
    default V call(Primitive primitive, V x, V y, V z) {
        return apply(primitive, List.of(x, y, z)).getFirst();
    }

    /**
     * Whether the columns of its matrices, the last two axes, lie together in memory, as in a transposed view. What
     * is added to or subtracted from it is best made to lie so too.
     */
    default boolean isTransposed(V value) {
        return false;
    }

    /** Says where in the source stands what is applied from here on, for those who write it down. */
    default void at(Location place) {}

    /** Says that nobody reads the value any more, so that its memory may be freed. */
    default void drop(V value) {}
}

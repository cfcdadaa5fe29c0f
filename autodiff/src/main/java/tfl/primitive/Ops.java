package tfl.primitive;

import java.util.List;
import tfl.tensor.TensorType;

/** The operations that derivative rules are written with; one implementer runs them, another writes a graph. */
public interface Ops<V> {
    /** Applies a primitive. */
    List<V> apply(Primitive primitive, List<V> inputs);

    /** The type of a value. */
    TensorType type(V value);

    /** A tensor of that type filled with one number. */
    V full(TensorType type, double value);
}

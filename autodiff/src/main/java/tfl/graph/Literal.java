package tfl.graph;

import java.util.List;
import tfl.primitive.Full;
import tfl.primitive.Ops;
import tfl.tensor.TensorType;

/**
 * A tensor of one repeated number.
 *
 * @param bits {@link Double#doubleToRawLongBits} for floats and complex numbers, the number itself otherwise
 */
public record Literal(TensorType type, long bits) implements Atom {
    /** That number, converted to the type's kind. */
    public static Literal of(TensorType type, double value) {
        return new Literal(type, type.dtype().isDifferentiable() ? Double.doubleToRawLongBits(value) : (long) value);
    }

    /** The number as a double. */
    public double value() {
        return type.dtype().isDifferentiable() ? Double.longBitsToDouble(bits) : bits;
    }

    /** The tensor itself. */
    public <V> V in(Ops<V> ops) {
        boolean exact = type.dtype().isDifferentiable() || (long) value() == bits;
        return exact ? ops.full(type, value()) : ops.apply(new Full(type, bits), List.of()).getFirst();
    }
}

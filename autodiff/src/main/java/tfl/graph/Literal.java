package tfl.graph;

import java.util.List;
import tfl.primitive.Full;
import tfl.primitive.Ops;
import tfl.tensor.Elements;
import tfl.tensor.TensorType;

/**
 * A tensor of one repeated number.
 *
 * @param bits {@link Double#doubleToRawLongBits} for floats and complex numbers, the number itself otherwise
 */
public record Literal(TensorType type, long bits) implements Atom {
    /** That number, converted to the type's kind: truncated and saturated for integers, as a tensor would be. */
    public static Literal of(TensorType type, double value) {
        return new Literal(type, type.dtype().isDifferentiable() ? Double.doubleToRawLongBits(value)
                : Elements.truncate(type.dtype(), value));
    }

    /** That whole number in the low bits that the type, which is no float, holds. */
    public static Literal wrapped(TensorType type, long number) {
        return new Literal(type, switch (type.dtype()) {
            case BOOL -> number != 0 ? 1 : 0;
            case U8 -> number & 0xff;
            case I8 -> (byte) number;
            case I16 -> (short) number;
            case I32 -> (int) number;
            default -> number;
        });
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

package tfl.interpreter.builtin.tensor;

import tfl.tensor.DType;
import tfl.tensor.Shape;
import tfl.tensor.Tensor;

/**
 * Numbers of a program as tensors of one element, repeated to a shape by zero strides. Loops meet the same
 * number in the same shape again and again, so the last ones are kept; they are pinned, and nobody frees
 * them.
 */
final class Constants {
    private static final int KEPT = 512;
    private static final Entry[] ENTRIES = new Entry[KEPT];

    private record Entry(long bits, DType dtype, Shape shape, Tensor tensor) {
        boolean is(long otherBits, DType otherDtype, Shape otherShape) {
            return bits == otherBits && dtype == otherDtype && shape.equals(otherShape);
        }
    }

    private Constants() {}

    /** A scalar as an element of that dtype in that shape. */
    static Tensor of(Object scalar, DType dtype, Shape shape) {
        long bits = bits(scalar, dtype);
        int place = (Long.hashCode(bits) * 31 + dtype.ordinal() * 17 + shape.hashCode()) & KEPT - 1;
        // Entries are immutable and losing one only costs another allocation, so threads may race.
        var known = ENTRIES[place];
        if (known != null && known.is(bits, dtype, shape)) {
            return known.tensor;
        }
        var one = dtype.isDifferentiable() ? Tensor.scalar(dtype, Double.longBitsToDouble(bits))
                : Tensor.scalar(dtype, bits);
        var tensor = one;
        if (shape.rank() > 0) {
            tensor = one.broadcastTo(shape);
            one.discard();
        }
        tensor.pin();
        ENTRIES[place] = new Entry(bits, dtype, shape, tensor);
        return tensor;
    }

    /** The bits of a double for floats, the number itself otherwise. */
    private static long bits(Object scalar, DType dtype) {
        if (scalar instanceof Long number && dtype.isInteger()) {
            Promotion.checkFits(number, dtype);
            return number;
        }
        double value = scalar instanceof Boolean truth ? truth ? 1 : 0 : ((Number) scalar).doubleValue();
        return dtype.isDifferentiable() ? Double.doubleToRawLongBits(value)
                : dtype == DType.BOOL ? value != 0 ? 1 : 0 : (long) value;
    }
}

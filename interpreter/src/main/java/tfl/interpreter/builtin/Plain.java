package tfl.interpreter.builtin;

import tfl.interpreter.value.RecordValue;
import tfl.interpreter.value.StructValue;
import tfl.interpreter.value.TupleValue;
import tfl.tensor.DType;
import tfl.tensor.Tensor;
import tfl.transform.Lifted;

/** Values for builtins that look at elements and know no transformation, such as those that write files. */
public final class Plain {
    private Plain() {}

    /**
     * The value with plain tensors and numbers in the place of those that a derivative follows.
     *
     * @throws tfl.primitive.ShapeProblem if one of them is traced or mapped and has no elements yet
     */
    public static Object of(Object value) {
        return switch (value) {
            case Lifted number when number.isWeak() -> number(Lifted.plain(number));
            case Lifted tensor -> Lifted.plain(tensor);
            case TupleValue tuple -> new TupleValue(all(tuple.toArray()));
            case RecordValue record -> record.withAll(all(record.toArray()));
            case StructValue struct -> struct.withAll(all(struct.toArray()));
            case null, default -> value;
        };
    }

    private static Object[] all(Object[] parts) {
        for (int k = 0; k < parts.length; k++) {
            parts[k] = of(parts[k]);
        }
        return parts;
    }

    /** A number, of those that {@code vmap} maps over the first; the others never see it. */
    public static Object first(Object value) {
        return value instanceof Lifted numbers ? number(Lifted.everyElement(numbers)) : value;
    }

    private static Object number(Tensor number) {
        if (number.dtype() == DType.BOOL) {
            return number.readLong(0) != 0;
        }
        return number.dtype().isInteger() ? (Object) number.readLong(0) : (Object) number.readDouble(0);
    }
}

package tfl.interpreter.builtin.prelude;

import tfl.interpreter.builtin.text.Concrete;
import tfl.interpreter.value.FieldsValue;
import tfl.interpreter.value.StructValue;
import tfl.interpreter.value.TupleValue;
import tfl.tensor.TensorValue;

/** Whether two values are the same as wholes; tensors are, if type and elements are. */
public final class Equality {
    private Equality() {}

    /** Whether they are. */
    public static boolean same(Object a, Object b) {
        return switch (a) {
            case Long left when b instanceof Double right -> left.doubleValue() == right;
            case Double left when b instanceof Number right -> left == right.doubleValue();
            case TupleValue left when b instanceof TupleValue right -> {
                boolean same = left.size() == right.size();
                for (int i = 0; same && i < left.size(); i++) {
                    same = same(left.get(i), right.get(i));
                }
                yield same;
            }
            case FieldsValue left when b instanceof FieldsValue right -> fields(left, right);
            case TensorValue left when b instanceof TensorValue right -> tensors(left, right);
            case null, default -> a != null && a.equals(b);
        };
    }

    private static boolean fields(FieldsValue left, FieldsValue right) {
        boolean same = left.layout().names().equals(right.layout().names())
                && (left instanceof StructValue a ? right instanceof StructValue b && a.type() == b.type()
                        : !(right instanceof StructValue));
        for (int i = 0; same && i < left.size(); i++) {
            same = same(left.get(i), right.get(i));
        }
        return same;
    }

    private static boolean tensors(TensorValue left, TensorValue right) {
        if (!left.type().equals(right.type())) {
            return false;
        }
        var a = Concrete.of(left);
        var b = Concrete.of(right);
        boolean same = true;
        for (long i = 0; same && i < a.size(); i++) {
            same = a.dtype().isDifferentiable()
                    ? a.readDouble(i) == b.readDouble(i) && a.readImaginary(i) == b.readImaginary(i)
                    : a.readLong(i) == b.readLong(i);
        }
        return same;
    }
}

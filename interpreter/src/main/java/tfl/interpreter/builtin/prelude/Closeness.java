package tfl.interpreter.builtin.prelude;

import tfl.interpreter.builtin.table.Call;
import tfl.interpreter.builtin.tensor.Conversion;
import tfl.interpreter.builtin.text.Concrete;
import tfl.interpreter.value.FieldsValue;
import tfl.interpreter.value.TupleValue;
import tfl.tensor.Tensor;

/** Equality up to rounding, of numbers and of trees of them. */
final class Closeness {
    private Closeness() {}

    static boolean of(Call call, Object a, Object b, double tolerance) {
        if (a instanceof TupleValue left && b instanceof TupleValue right && left.size() == right.size()) {
            for (int i = 0; i < left.size(); i++) {
                if (!of(call, left.get(i), right.get(i), tolerance)) {
                    return false;
                }
            }
            return true;
        }
        if (a instanceof FieldsValue left && b instanceof FieldsValue right) {
            return fields(call, left, right, tolerance);
        }
        var left = Conversion.tensor(call.ops(), a);
        var right = Conversion.tensor(call.ops(), b);
        return left == null || right == null ? a != null && a.equals(b)
                : tensors(Concrete.of(left), Concrete.of(right), tolerance);
    }

    private static boolean fields(Call call, FieldsValue left, FieldsValue right, double tolerance) {
        if (!left.layout().names().equals(right.layout().names())) {
            return false;
        }
        for (int i = 0; i < left.size(); i++) {
            if (!of(call, left.get(i), right.get(i), tolerance)) {
                return false;
            }
        }
        return true;
    }

    // A single number may be compared with many.
    private static boolean tensors(Tensor left, Tensor right, double tolerance) {
        if (left.rank() > 0 && right.rank() > 0 && !left.shape().equals(right.shape())) {
            return false;
        }
        long size = Math.max(left.size(), right.size());
        for (long i = 0; i < size && left.size() > 0 && right.size() > 0; i++) {
            long a = left.size() == 1 ? 0 : i;
            long b = right.size() == 1 ? 0 : i;
            if (!near(left.readDouble(a), right.readDouble(b), tolerance)
                    || !near(left.readImaginary(a), right.readImaginary(b), tolerance)) {
                return false;
            }
        }
        return true;
    }

    private static boolean near(double a, double b, double tolerance) {
        return a == b || Math.abs(a - b) <= tolerance * Math.max(1, Math.abs(b));
    }
}

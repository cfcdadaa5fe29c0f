package tfl.interpreter.builtin.prelude;

import java.util.ArrayList;
import java.util.List;
import tfl.interpreter.builtin.table.Call;
import tfl.interpreter.builtin.tensor.Axes;
import tfl.interpreter.builtin.tensor.Conversion;
import tfl.interpreter.builtin.tensor.Reductions;
import tfl.interpreter.builtin.tensor.Tensors;
import tfl.interpreter.builtin.text.Concrete;
import tfl.interpreter.value.FieldsValue;
import tfl.interpreter.value.TupleValue;
import tfl.kernel.BinaryOp;
import tfl.kernel.UnaryOp;
import tfl.tensor.DType;
import tfl.tensor.Shape;
import tfl.tensor.Tensor;
import tfl.tensor.TensorValue;
import tfl.transform.Lifted;

/** Equality up to rounding, of numbers and of trees of them. */
final class Closeness {
    private Closeness() {}

    /** A bool; of values that only a graph knows, a tensor of one. */
    static Object of(Call call, Object a, Object b, Object tolerance) {
        var unknown = new ArrayList<TensorValue>();
        boolean close = compare(call, a, b, tolerance, unknown);
        if (!close || unknown.isEmpty()) {
            return close;
        }
        var all = unknown.stream().reduce((left, right) -> call.ops().binary(BinaryOp.AND, left, right)).orElseThrow();
        return all instanceof Lifted lifted ? call.ops().weakened(lifted) : all;
    }

    private static boolean compare(Call call, Object a, Object b, Object tolerance, List<TensorValue> unknown) {
        if (a instanceof TupleValue left && b instanceof TupleValue right && left.size() == right.size()) {
            for (int i = 0; i < left.size(); i++) {
                if (!compare(call, left.get(i), right.get(i), tolerance, unknown)) {
                    return false;
                }
            }
            return true;
        }
        if (a instanceof FieldsValue left && b instanceof FieldsValue right) {
            return fields(call, left, right, tolerance, unknown);
        }
        var left = Conversion.tensor(call.ops(), a);
        var right = Conversion.tensor(call.ops(), b);
        if (left == null || right == null) {
            return a != null && a.equals(b);
        }
        if (Lifted.isKnown(left) && Lifted.isKnown(right) && tolerance instanceof Double slack) {
            return tensors(Concrete.of(left), Concrete.of(right), slack);
        }
        if (!comparable(left.type().shape(), right.type().shape())) {
            return false;
        }
        unknown.add(near(call.ops(), left, right, tolerance));
        return true;
    }

    private static boolean fields(Call call, FieldsValue left, FieldsValue right, Object tolerance,
            List<TensorValue> unknown) {
        if (!left.layout().names().equals(right.layout().names())) {
            return false;
        }
        for (int i = 0; i < left.size(); i++) {
            if (!compare(call, left.get(i), right.get(i), tolerance, unknown)) {
                return false;
            }
        }
        return true;
    }

    private static boolean comparable(Shape left, Shape right) {
        return left.rank() == 0 || right.rank() == 0 || left.equals(right);
    }

    private static TensorValue near(Tensors ops, TensorValue left, TensorValue right, Object tolerance) {
        if (left.type().dtype().isComplex() || right.type().dtype().isComplex()) {
            return ops.binary(BinaryOp.AND, near(ops, part(ops, UnaryOp.REAL, left), part(ops, UnaryOp.REAL, right),
                    tolerance), near(ops, part(ops, UnaryOp.IMAG, left), part(ops, UnaryOp.IMAG, right), tolerance));
        }
        var a = ops.cast(left, DType.F64);
        var b = ops.cast(right, DType.F64);
        var slack = ops.multiply(ops.binary(BinaryOp.MAX, ops.unary(UnaryOp.ABS, b), 1.0), tolerance);
        var distance = ops.unary(UnaryOp.ABS, ops.subtract(a, b));
        var near = ops.binary(BinaryOp.OR, ops.binary(BinaryOp.EQ, a, b), ops.binary(BinaryOp.LE, distance, slack));
        return Reductions.logical(ops, true, near, Axes.all(near.type().shape().rank()), false);
    }

    private static TensorValue part(Tensors ops, UnaryOp part, TensorValue value) {
        return ops.unary(part, ops.cast(value, DType.C64));
    }

    // A single number may be compared with many.
    private static boolean tensors(Tensor left, Tensor right, double tolerance) {
        if (!comparable(left.shape(), right.shape())) {
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

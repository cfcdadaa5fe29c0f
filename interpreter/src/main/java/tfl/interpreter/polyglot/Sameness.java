package tfl.interpreter.polyglot;

import java.lang.ref.Reference;
import java.util.function.IntFunction;
import tfl.interpreter.builtin.BuiltinFunction;
import tfl.interpreter.builtin.Wrapping;
import tfl.interpreter.value.BoundFunction;
import tfl.interpreter.value.ClosureValue;
import tfl.interpreter.value.FieldsValue;
import tfl.interpreter.value.FunctionCode;
import tfl.interpreter.value.StructType;
import tfl.interpreter.value.StructValue;
import tfl.interpreter.value.TupleValue;
import tfl.tensor.Tensor;

/**
 * Whether a program could tell two values apart. Numbers are compared bit by bit, so that {@code nan} is itself and
 * {@code -0.0} is not {@code 0.0}; functions by their text and what they captured; struct types, and functions and
 * streams that Java holds, only by being the same one.
 */
final class Sameness {
    private Sameness() {}

    static boolean same(Object a, Object b) {
        if (a == b) {
            return true;
        }
        return switch (a) {
            case Double left when b instanceof Double right ->
                    Double.doubleToRawLongBits(left) == Double.doubleToRawLongBits(right);
            case Tensor left when b instanceof Tensor right -> tensors(left, right);
            case TupleValue left when b instanceof TupleValue right ->
                    left.size() == right.size() && all(left.size(), left::get, right::get);
            case FieldsValue left when b instanceof FieldsValue right -> typeOf(left) == typeOf(right)
                    && left.layout().names().equals(right.layout().names())
                    && all(left.size(), left::get, right::get);
            case ClosureValue left when b instanceof ClosureValue right -> code(left.code(), right.code())
                    && left.captures() == right.captures() && all(left.captures(), left::captured, right::captured);
            case BuiltinFunction left when b instanceof BuiltinFunction right
                    && left.builtin().body() instanceof Wrapping one
                    && right.builtin().body() instanceof Wrapping two ->
                    one.getClass() == two.getClass() && left.name().equals(right.name())
                    && same(one.wrapped(), two.wrapped());
            case BoundFunction left when b instanceof BoundFunction right ->
                    same(left.function(), right.function()) && same(left.first(), right.first());
            case null -> false;
            default -> a.equals(b);
        };
    }

    private static StructType typeOf(FieldsValue value) {
        return value instanceof StructValue struct ? struct.type() : null;
    }

    private static boolean all(int count, IntFunction<Object> left, IntFunction<Object> right) {
        for (int i = 0; i < count; i++) {
            if (!same(left.apply(i), right.apply(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean code(FunctionCode left, FunctionCode right) {
        return left == right || left.span().text().equals(right.span().text()) && left.name().equals(right.name())
                && left.liveNames().equals(right.liveNames());
    }

    private static boolean tensors(Tensor left, Tensor right) {
        if (!left.type().equals(right.type())) {
            return false;
        }
        if (left.isContiguous() && right.isContiguous()) {
            long bytes = left.type().bytes();
            boolean same = left.segment(left.offset()).asSlice(0, bytes)
                    .mismatch(right.segment(right.offset()).asSlice(0, bytes)) < 0;
            Reference.reachabilityFence(left);
            Reference.reachabilityFence(right);
            return same;
        }
        boolean exact = !left.dtype().isDifferentiable();
        for (long i = 0; i < left.size(); i++) {
            if (exact ? left.readLong(i) != right.readLong(i)
                    : bits(left.readDouble(i)) != bits(right.readDouble(i))
                            || bits(left.readImaginary(i)) != bits(right.readImaginary(i))) {
                return false;
            }
        }
        return true;
    }

    private static long bits(double number) {
        return Double.doubleToRawLongBits(number);
    }
}

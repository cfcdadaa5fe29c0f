package tfl.interpreter.builtin.tensor;

import com.oracle.truffle.api.interop.TruffleObject;
import java.util.Arrays;
import tfl.interpreter.builtin.BuiltinFunction;
import tfl.interpreter.builtin.text.Concrete;
import tfl.interpreter.foreign.ForeignSequence;
import tfl.interpreter.foreign.Incoming;
import tfl.interpreter.value.RangeValue;
import tfl.interpreter.value.TupleValue;
import tfl.primitive.ShapeProblem;
import tfl.tensor.DType;
import tfl.tensor.Shape;
import tfl.tensor.Tensor;
import tfl.tensor.TensorValue;
import tfl.transform.Lifted;

/** Values as tensors, and tensors as plain numbers. Where a value does not fit, the answer is null. */
public final class Conversion {
    private Conversion() {}

    /** A tensor, or the tensor that a number, a range or a tuple of those stands for; a lone float is f64. */
    public static TensorValue tensor(Tensors ops, Object value) {
        return switch (value) {
            case Lifted lifted -> lifted.strengthened();
            case TensorValue tensor -> tensor;
            case Long number -> ops.own(Tensor.scalar(DType.I64, number.longValue()));
            case Double number -> ops.own(Tensor.scalar(DType.F64, number.doubleValue()));
            case Boolean truth -> ops.own(Tensor.scalar(DType.BOOL, truth ? 1L : 0L));
            case RangeValue range -> range(ops, range);
            case TupleValue tuple -> tuple(ops, tuple, DType.F32);
            case TruffleObject foreign -> foreign(ops, foreign);
            case null, default -> null;
        };
    }

    /** Buffers, arrays and lists of numbers, nested as they may be; a copy. */
    private static TensorValue foreign(Tensors ops, Object value) {
        return switch (Incoming.argument(value)) {
            case TensorValue tensor -> ops.own(tensor);
            case Object list when ForeignSequence.isList(list) -> tuple(ops, nested(list), DType.F32);
            default -> null;
        };
    }

    private static TupleValue nested(Object list) {
        var elements = ForeignSequence.tuple(list).toArray();
        for (int i = 0; i < elements.length; i++) {
            if (ForeignSequence.isList(elements[i])) {
                elements[i] = nested(elements[i]);
            }
        }
        return TupleValue.of(elements);
    }

    private static TensorValue range(Tensors ops, RangeValue range) {
        if (Math.abs(range.start()) < 1L << 52 && Math.abs(range.step()) < 1L << 52) {
            return ops.iota(DType.I64, Shape.of(range.size()), 0, range.start(), range.step());
        }
        var values = new long[Math.toIntExact(range.size())];
        for (int i = 0; i < values.length; i++) {
            values[i] = range.get(i);
        }
        return ops.own(Tensor.of(values, values.length));
    }

    /** Nested tuples of numbers and tensors, where floats become the given dtype; null if something else is in. */
    public static TensorValue tuple(Tensors ops, TupleValue tuple, DType floats) {
        var elements = new Object[tuple.size()];
        for (int i = 0; i < elements.length; i++) {
            elements[i] = tuple.get(i) instanceof TupleValue inner ? tuple(ops, inner, floats) : tuple.get(i);
            if (elements[i] == null || !isNumeric(elements[i])) {
                return null;
            }
        }
        return Stacking.stack(ops, elements, floats);
    }

    static boolean isNumeric(Object value) {
        return value instanceof TensorValue || value instanceof Long || value instanceof Double
                || value instanceof Boolean || value instanceof RangeValue;
    }

    /** A plain number for a tensor of rank 0 whose dtype a scalar has; else the tensor. */
    public static Object scalarOrTensor(TensorValue value) {
        if (value.type().shape().rank() != 0 || !(value instanceof Tensor tensor)) {
            return value;
        }
        return switch (tensor.dtype().kind()) {
            case BOOL -> (Object) (tensor.readLong(0) != 0);
            case SIGNED, UNSIGNED -> tensor.readLong(0);
            case FLOAT -> tensor.readDouble(0);
            case COMPLEX -> tensor;
        };
    }

    /** An int, also from an integer tensor of one element. */
    public static Long integer(Object value) {
        return switch (value) {
            case Long number -> number;
            case TensorValue tensor when tensor.type().dtype().isInteger()
                    && tensor.type().shape().size() == 1 ->
                    Concrete.of(tensor).readLong(0);
            case null, default -> null;
        };
    }

    /** A number as a float, also from a real tensor of one element. */
    public static Double number(Object value) {
        return switch (value) {
            case Double number -> number;
            case Long number -> number.doubleValue();
            case TensorValue tensor when !tensor.type().dtype().isComplex()
                    && tensor.type().shape().size() == 1 ->
                    Concrete.of(tensor).readDouble(0);
            case null, default -> null;
        };
    }

    /** Ints from one int, a tuple or range of ints, or an integer tensor of rank 1. */
    public static long[] integers(Object value) {
        if (value instanceof TupleValue tuple) {
            var values = new long[tuple.size()];
            for (int i = 0; i < values.length; i++) {
                var number = integer(tuple.get(i));
                if (number == null) {
                    return null;
                }
                values[i] = number;
            }
            return values;
        }
        if (value instanceof RangeValue range) {
            var values = new long[Math.toIntExact(range.size())];
            for (int i = 0; i < values.length; i++) {
                values[i] = range.get(i);
            }
            return values;
        }
        if (value instanceof TensorValue tensor && tensor.type().dtype().isInteger()
                && tensor.type().shape().rank() == 1) {
            return Concrete.of(tensor).toLongs();
        }
        var one = integer(value);
        return one == null ? null : new long[] {one};
    }

    /**
     * A shape of these sizes.
     *
     * @throws tfl.primitive.ShapeProblem if so many elements cannot be counted
     */
    public static Shape shape(long... dims) {
        for (long dim : dims) {
            if (dim < 0) {
                throw new ShapeProblem("TFL-E0342", "a size cannot be negative: " + dim, null);
            }
        }
        try {
            return Shape.of(dims);
        } catch (ArithmeticException tooLarge) {
            throw new ShapeProblem("TFL-E0342", "a tensor of shape "
                    + Arrays.toString(dims) + " has more elements than can be counted", null);
        }
    }

    /** A dtype, its name, or one of the conversions {@code float int bool} for the default of its kind. */
    public static DType dtype(Object value) {
        return switch (value) {
            case DType dtype -> dtype;
            case String name -> DType.of(name);
            case BuiltinFunction function -> switch (function.name()) {
                case "float" -> DType.F32;
                case "int" -> DType.I64;
                case "bool" -> DType.BOOL;
                default -> null;
            };
            case null, default -> null;
        };
    }
}

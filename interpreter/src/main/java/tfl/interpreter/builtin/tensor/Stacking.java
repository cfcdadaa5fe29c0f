package tfl.interpreter.builtin.tensor;

import java.util.ArrayList;
import tfl.interpreter.ErrorKind;
import tfl.interpreter.TflException;
import tfl.interpreter.builtin.text.Kinds;
import tfl.interpreter.value.RangeValue;
import tfl.tensor.DType;
import tfl.tensor.Shape;
import tfl.tensor.Tensor;
import tfl.tensor.TensorValue;
import tfl.transform.Lifted;

/** The meaning of {@code [a, b]}: equal shapes, one after the other along a new first axis. */
final class Stacking {
    private Stacking() {}

    /** Stacks tensors, ranges and numbers. */
    static TensorValue stack(Tensors ops, Object[] elements) {
        return stack(ops, elements, DType.F32);
    }

    /** The same, where plain floats become the given dtype. */
    static TensorValue stack(Tensors ops, Object[] elements, DType floats) {
        if (elements.length == 0) {
            return ops.own(Tensor.allocate(DType.F32, 0));
        }
        boolean plain = true;
        for (int i = 0; i < elements.length; i++) {
            if (!Conversion.isNumeric(elements[i])) {
                throw TflException.of(ErrorKind.TYPE, "TFL-E0351",
                        "[ ] stacks numbers and tensors, element " + i + " is "
                        + Kinds.describe(elements[i]), "a sequence of any values is written with ( )");
            }
            plain &= !(elements[i] instanceof TensorValue || elements[i] instanceof RangeValue);
        }
        return plain ? ops.own(numbers(elements, floats)) : tensors(ops, elements, floats);
    }

    private static Tensor numbers(Object[] elements, DType floats) {
        var dtype = ofNumbers(elements, floats);
        if (dtype.isFloat()) {
            var values = new double[elements.length];
            for (int i = 0; i < values.length; i++) {
                values[i] = elements[i] instanceof Boolean truth ? (truth ? 1 : 0)
                        : ((Number) elements[i]).doubleValue();
            }
            return Tensor.of(dtype, values, values.length);
        }
        var values = new long[elements.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = elements[i] instanceof Boolean truth ? (truth ? 1 : 0) : (Long) elements[i];
        }
        return Tensor.of(dtype, values, values.length);
    }

    private static DType ofNumbers(Object[] elements, DType floats) {
        var dtype = Tensors.dtype(elements[0]);
        for (var element : elements) {
            dtype = Promotion.of(dtype, Tensors.dtype(element));
        }
        return dtype == DType.F32 ? floats : dtype;
    }

    private static TensorValue tensors(Tensors ops, Object[] elements, DType floats) {
        DType strong = null;
        Shape shape = null;
        int first = 0;
        for (int i = 0; i < elements.length; i++) {
            if (elements[i] instanceof RangeValue range) {
                elements[i] = Conversion.tensor(ops, range);
            }
            if (elements[i] instanceof TensorValue tensor && !Lifted.isWeak(tensor)) {
                strong = strong == null ? tensor.type().dtype() : Promotion.of(strong, tensor.type().dtype());
            }
            var found = Tensors.shape(elements[i]);
            if (shape == null) {
                shape = found;
                first = i;
            } else if (!shape.equals(found)) {
                throw TflException.of(ErrorKind.SHAPE, "TFL-E0352",
                        "[ ] stacks equal shapes: element " + first
                        + " has shape (" + shape + "), element " + i + " has shape (" + found + ")",
                        "a sequence of any values is written with ( )");
            }
        }
        var dtype = strong == null ? ofNumbers(elements, floats) : strong;
        for (var element : elements) {
            dtype = strong == null || element instanceof TensorValue && !Lifted.isWeak(element) ? dtype
                    : Promotion.weak(dtype, Tensors.dtype(element));
        }
        var parts = new ArrayList<TensorValue>();
        for (var element : elements) {
            parts.add(ops.expand(ops.as(element, dtype, shape), 0));
        }
        return ops.concat(0, parts);
    }
}

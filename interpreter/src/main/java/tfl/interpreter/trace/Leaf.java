package tfl.interpreter.trace;

import tfl.interpreter.builtin.tensor.Execution;
import tfl.interpreter.builtin.tensor.Tensors;
import tfl.tensor.DType;
import tfl.tensor.Tensor;
import tfl.tensor.TensorType;
import tfl.tensor.TensorValue;
import tfl.transform.Lifted;

/**
 * What a leaf is to the graph.
 *
 * @param weak whether it stands for a number of the language
 */
public record Leaf(TensorType type, boolean weak) {
    static Leaf of(Object value) {
        return switch (value) {
            case TensorValue tensor -> new Leaf(tensor.type(), Lifted.isWeak(tensor));
            case Long number -> new Leaf(TensorType.scalar(DType.I64), true);
            case Double number -> new Leaf(TensorType.scalar(DType.F64), true);
            default -> new Leaf(TensorType.scalar(DType.BOOL), true);
        };
    }

    /** What holds values of both kinds, or null if nothing does. */
    static Leaf meet(Leaf a, Leaf b) {
        if (a.equals(b)) {
            return a;
        }
        if (a.weak && b.weak) {
            boolean numbers = a.type.dtype() != DType.BOOL && b.type.dtype() != DType.BOOL;
            return numbers ? new Leaf(TensorType.scalar(DType.F64), true) : null;
        }
        if (!a.weak && !b.weak) {
            return null;
        }
        var strong = a.weak ? b : a;
        var number = a.weak ? a : b;
        return strong.type.shape().rank() == 0 && gives(number.type.dtype(), strong.type.dtype()) ? strong : null;
    }

    private static boolean gives(DType number, DType dtype) {
        return number == dtype || number != DType.BOOL && (dtype.isDifferentiable()
                || number == DType.I64 && dtype.isInteger());
    }

    /** A leaf of this kind that has the value of another; for the trace that is entered. */
    TensorValue cast(Object value) {
        var tensor = switch (value) {
            case TensorValue given -> given;
            case Long number -> Tensor.scalar(DType.I64, number.longValue());
            case Double number -> Tensor.scalar(DType.F64, number.doubleValue());
            case Boolean truth -> Tensor.scalar(DType.BOOL, truth ? 1L : 0L);
            default -> throw new IllegalArgumentException("no leaf: " + value);
        };
        return tensor.type().dtype() == type.dtype() ? tensor
                : Tensors.work(ops -> ops.cast(tensor, type.dtype()));
    }

    /** Zeros of this kind. */
    TensorValue zeros() {
        return Execution.ops().full(type, 0);
    }

    /** A result of the graph as the program sees it. */
    Object seen(TensorValue result) {
        return weak && result instanceof Lifted lifted ? lifted.weakened() : result;
    }

    /** One bool from a tensor of one element. */
    static TensorValue truth(TensorValue value) {
        if (value.type().equals(TensorType.scalar(DType.BOOL))) {
            return value;
        }
        return Tensors.work(ops -> ops.cast(ops.reshape(value), DType.BOOL));
    }
}

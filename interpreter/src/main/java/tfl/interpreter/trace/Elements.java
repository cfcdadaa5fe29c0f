package tfl.interpreter.trace;

import tfl.interpreter.builtin.tensor.Conversion;
import tfl.interpreter.builtin.tensor.Indexing;
import tfl.interpreter.builtin.tensor.Tensors;
import tfl.interpreter.value.RangeValue;
import tfl.kernel.BinaryOp;
import tfl.primitive.BatchOps;
import tfl.tensor.DType;
import tfl.tensor.TensorType;
import tfl.tensor.TensorValue;

/** What a loop walks: the rows of a tensor, or the ints of a range. */
public sealed interface Elements {
    /** A tensor's rows. */
    record Rows(TensorValue tensor) implements Elements {}

    /** A range's ints. */
    record Ints(RangeValue range) implements Elements {}

    /** The elements of a value that a loop can be traced over, or null. */
    static Elements of(Object value) {
        return switch (value) {
            case RangeValue range -> new Ints(range);
            case TensorValue tensor when tensor.type().shape().rank() > 0 -> new Rows(tensor);
            case null, default -> null;
        };
    }

    default long size() {
        return switch (this) {
            case Rows(var tensor) -> tensor.type().shape().dim(0);
            case Ints(var range) -> range.size();
        };
    }

    /** Whether they are 0, 1, 2, ... */
    default boolean isCount() {
        return this instanceof Ints(var range) && range.start() == 0 && range.step() == 1;
    }

    /** What one element is to the graph. */
    default Leaf row() {
        return switch (this) {
            case Rows(var tensor) -> new Leaf(BatchOps.element(tensor.type()), false);
            case Ints ints -> new Leaf(TensorType.scalar(DType.I64), true);
        };
    }

    /** All of them, along axis 0. */
    default TensorValue all() {
        return switch (this) {
            case Rows(var tensor) -> tensor;
            case Ints(var range) -> Tensors.work(ops -> Conversion.tensor(ops, range));
        };
    }

    /** One of them, at a place that only the graph knows. */
    default TensorValue at(TensorValue place) {
        return (TensorValue) row().seen(switch (this) {
            case Rows(var tensor) -> (TensorValue) Indexing.get(tensor, new Object[] {place});
            case Ints(var range) ->
                    Tensors.work(ops -> ops.add(ops.multiply(place, range.step()), range.start()));
        });
    }

    /** Whether a place is one of theirs. */
    default TensorValue isWithin(TensorValue place) {
        return Tensors.work(ops -> ops.binary(BinaryOp.LT, place, size()));
    }
}

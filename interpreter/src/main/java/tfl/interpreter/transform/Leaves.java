package tfl.interpreter.transform;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.UnaryOperator;
import tfl.interpreter.builtin.tensor.Execution;
import tfl.interpreter.value.ClosureValue;
import tfl.interpreter.value.None;
import tfl.interpreter.value.RecordValue;
import tfl.interpreter.value.StructValue;
import tfl.interpreter.value.TupleValue;
import tfl.tensor.DType;
import tfl.tensor.Shape;
import tfl.tensor.Tensor;
import tfl.tensor.TensorType;
import tfl.tensor.TensorValue;
import tfl.transform.Lifted;

/** The floats inside a nesting of tuples, records, structs and closures, in order; static fields are left out. */
final class Leaves {
    private static final TensorType FLOAT = new TensorType(DType.F64, Shape.SCALAR);

    private Leaves() {}

    static boolean isLeaf(Object value) {
        return value instanceof Double
                || value instanceof TensorValue tensor && tensor.type().dtype().isDifferentiable();
    }

    /** A leaf as a tensor; a float is an f64 without axes. */
    static TensorValue tensor(Object leaf) {
        return leaf instanceof TensorValue tensor ? tensor : Tensor.scalar(DType.F64, (double) (Double) leaf);
    }

    /** Whether the leaf is a number of the language, whose dtype gives way to those of tensors. */
    static boolean isNumber(Object leaf) {
        return leaf instanceof Double || Lifted.isWeak(leaf);
    }

    /** The leaves of a value. */
    static List<Object> of(Object value) {
        var leaves = new ArrayList<Object>();
        collect(value, leaves);
        return leaves;
    }

    /**
     * All numbers of a result that a region which computes it has to give: its leaves and all other tensors, wherever
     * they are: in static fields, keys and functions too.
     */
    static List<TensorValue> results(Object value) {
        var results = new ArrayList<TensorValue>();
        mapResults(value, result -> {
            results.add(tensor(result));
            return result;
        });
        return results;
    }

    /** The same value with others in the place of its {@link #results}, in order. */
    static Object withResults(Object value, Iterator<TensorValue> results) {
        return mapResults(value, result -> alike(result, results.next()));
    }

    private static Object mapResults(Object value, UnaryOperator<Object> change) {
        return Structure.mapDeep(value, tensor -> true, atom -> atom instanceof Double || atom instanceof TensorValue
                ? change.apply(atom) : atom);
    }

    /** The result, a number of the language where the other value is one. */
    private static Object alike(Object other, TensorValue result) {
        return other instanceof Double || Lifted.isWeak(other) ? number(result) : result;
    }

    /** A tensor without axes as a number of the language. */
    static Object number(TensorValue value) {
        if (value instanceof Lifted lifted) {
            return lifted.weakened();
        }
        var tensor = (Tensor) value;
        return switch (tensor.dtype().kind()) {
            case BOOL -> (Object) (tensor.readLong(0) != 0);
            case SIGNED, UNSIGNED -> tensor.readLong(0);
            default -> tensor.readDouble(0);
        };
    }

    private static void collect(Object value, List<Object> leaves) {
        if (isLeaf(value)) {
            leaves.add(value);
        } else {
            GradientParts.of(value).forEach(part -> collect(part, leaves));
        }
    }

    /** The same value with other leaves, in order. */
    static Object with(Object value, Iterator<? extends Object> leaves) {
        return map(value, leaf -> isLeaf(leaf) ? leaves.next() : leaf);
    }

    /** The same value with tensors in the place of its leaves, in order; numbers of the language stay such. */
    static Object withTensors(Object value, Iterator<TensorValue> leaves) {
        return map(value, leaf -> isLeaf(leaf) ? alike(leaf, leaves.next()) : leaf);
    }

    private static Object map(Object value, UnaryOperator<Object> change) {
        return switch (value) {
            case TupleValue tuple -> new TupleValue(mapAll(tuple.toArray(), change));
            case RecordValue record -> record.withAll(mapAll(record.toArray(), change));
            case StructValue struct -> struct.withAll(mapFields(struct, change));
            case ClosureValue closure -> closure(closure, change);
            case null, default -> change.apply(value);
        };
    }

    private static Object[] mapAll(Object[] values, UnaryOperator<Object> change) {
        for (int i = 0; i < values.length; i++) {
            values[i] = map(values[i], change);
        }
        return values;
    }

    private static Object[] mapFields(StructValue struct, UnaryOperator<Object> change) {
        var values = struct.toArray();
        for (int i = 0; i < values.length; i++) {
            if (!struct.type().isStatic(struct.layout().name(i))) {
                values[i] = map(values[i], change);
            }
        }
        return values;
    }

    private static Object closure(ClosureValue closure, UnaryOperator<Object> change) {
        var values = new Object[closure.captures()];
        for (int i = 0; i < values.length; i++) {
            values[i] = closure.captured(i) == null ? null : map(closure.captured(i), change);
        }
        return values.length == 0 ? closure : closure.withCaptured(values);
    }

    /**
     * The gradient of a value: cotangents in the place of its leaves (zeros where null), none elsewhere. A
     * closure's
     * is a tuple of those of what it captured.
     */
    static Object gradient(Object value, Iterator<TensorValue> cotangents) {
        if (isLeaf(value)) {
            return leaf(value, cotangents.next());
        }
        return switch (value) {
            case TupleValue tuple -> new TupleValue(gradients(tuple.toArray(), cotangents));
            case RecordValue record -> record.withAll(gradients(record.toArray(), cotangents));
            case StructValue struct -> {
                var values = struct.toArray();
                for (int i = 0; i < values.length; i++) {
                    values[i] = struct.type().isStatic(struct.layout().name(i)) ? None.NONE
                            : gradient(values[i], cotangents);
                }
                yield struct.withAll(values);
            }
            case ClosureValue closure when closure.captures() > 0 && !of(closure).isEmpty() -> captured(closure,
                    cotangents);
            default -> None.NONE;
        };
    }

    private static Object captured(ClosureValue closure, Iterator<TensorValue> cotangents) {
        var values = new Object[closure.captures()];
        for (int i = 0; i < values.length; i++) {
            values[i] = closure.captured(i) == null ? None.NONE : gradient(closure.captured(i), cotangents);
        }
        return closure.withCaptured(values);
    }

    private static Object[] gradients(Object[] values, Iterator<TensorValue> cotangents) {
        for (int i = 0; i < values.length; i++) {
            values[i] = gradient(values[i], cotangents);
        }
        return values;
    }

    private static Object leaf(Object leaf, TensorValue cotangent) {
        if (isNumber(leaf)) {
            return cotangent == null ? (Object) 0.0 : scalar(cotangent);
        }
        return cotangent != null ? cotangent : Execution.ops().full(((TensorValue) leaf).type(), 0);
    }

    /** An f64 without axes as a float, or as what stands for one; anything else unchanged. */
    static Object scalar(Object value) {
        return value instanceof Tensor tensor && tensor.type().equals(FLOAT) ? (Object) tensor.readDouble(0)
                : value instanceof Lifted lifted && lifted.type().equals(FLOAT) ? lifted.weakened() : value;
    }
}

package tfl.interpreter.trace;

import java.util.Objects;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import tfl.interpreter.builtin.MadeFunctions;
import tfl.interpreter.builtin.text.DeferredText;
import tfl.interpreter.value.BoundFunction;
import tfl.interpreter.value.ClosureValue;
import tfl.interpreter.value.RecordValue;
import tfl.interpreter.value.StructValue;
import tfl.interpreter.value.TupleValue;
import tfl.tensor.TensorValue;

/** Values as nestings of tuples, records, structs, closures and the like around leaves: tensors and numbers. */
final class Values {
    private Values() {}

    /** The place of a leaf that is filled later. */
    record Hole(int index) {}

    static boolean isLeaf(Object value) {
        return value instanceof TensorValue || value instanceof Long || value instanceof Double
                || value instanceof Boolean || value instanceof Hole;
    }

    /** The same value with other leaves. */
    static Object map(Object value, UnaryOperator<Object> change) {
        if (isLeaf(value)) {
            return change.apply(value);
        }
        return switch (value) {
            case TupleValue tuple -> new TupleValue(mapAll(tuple.toArray(), change));
            case RecordValue record -> record.withAll(mapAll(record.toArray(), change));
            case StructValue struct -> struct.withAll(mapAll(struct.toArray(), change));
            case ClosureValue closure when closure.captures() > 0 ->
                    closure.withCaptured(mapAll(captured(closure), change));
            case BoundFunction bound -> MadeFunctions.remade(bound, part -> map(part, change));
            case DeferredText text -> text.with(mapAll(text.values().clone(), change));
            case Unsure unsure when !unsure.isRefused() ->
                    Unsure.of(map(unsure.value(), change), map(unsure.assigned(), change));
            case null, default -> value;
        };
    }

    private static Object[] mapAll(Object[] values, UnaryOperator<Object> change) {
        for (int i = 0; i < values.length; i++) {
            values[i] = map(values[i], change);
        }
        return values;
    }

    private static Object[] captured(ClosureValue closure) {
        var values = new Object[closure.captures()];
        for (int i = 0; i < values.length; i++) {
            values[i] = closure.captured(i);
        }
        return values;
    }

    /**
     * Two values brought together leaf by leaf, in the order of {@link #map}, which leaves out none either.
     *
     * @throws Differ if they are of different make
     */
    static Object zip(Object a, Object b, BinaryOperator<Object> leaves) throws Differ {
        if (isLeaf(a) && isLeaf(b)) {
            return leaves.apply(a, b);
        }
        if (a == b) {
            return map(a, leaf -> leaves.apply(leaf, leaf));
        }
        if (a instanceof TupleValue one && b instanceof TupleValue other && one.size() == other.size()) {
            return new TupleValue(zipAll(one.toArray(), other.toArray(), leaves));
        }
        if (a instanceof RecordValue one && b instanceof RecordValue other
                && one.layout().names().equals(other.layout().names())) {
            return one.withAll(zipAll(one.toArray(), other.toArray(), leaves));
        }
        if (a instanceof StructValue one && b instanceof StructValue other && one.type() == other.type()) {
            return one.withAll(zipAll(one.toArray(), other.toArray(), leaves));
        }
        if (a instanceof ClosureValue one && b instanceof ClosureValue other && one.code() == other.code()) {
            return one.withCaptured(zipAll(captured(one), captured(other), leaves));
        }
        if (a instanceof BoundFunction one && b instanceof BoundFunction other) {
            return new BoundFunction(zip(one.function(), other.function(), leaves),
                    zip(one.first(), other.first(), leaves));
        }
        if (a instanceof DeferredText one && b instanceof DeferredText other && one.isLike(other)) {
            return one.with(zipAll(one.values().clone(), other.values(), leaves));
        }
        if (a instanceof Unsure one && b instanceof Unsure other) {
            return Unsure.of(zip(one.value(), other.value(), leaves), zip(one.assigned(), other.assigned(), leaves));
        }
        if (Objects.equals(a, b)) {
            return a;
        }
        throw new Differ(a, b);
    }

    private static Object[] zipAll(Object[] a, Object[] b, BinaryOperator<Object> leaves) throws Differ {
        for (int i = 0; i < a.length; i++) {
            a[i] = zip(a[i], b[i], leaves);
        }
        return a;
    }

    /** Two parts that cannot be brought together. */
    static final class Differ extends RuntimeException {
        private final transient Object left;
        private final transient Object right;

        Differ(Object left, Object right) {
            super(null, null, false, false);
            this.left = left;
            this.right = right;
        }

        Object left() {
            return left;
        }

        Object right() {
            return right;
        }
    }
}

package tfl.interpreter.value;

import java.util.Arrays;
import java.util.List;

/** An immutable sequence of any values. */
public final class TupleValue extends Counted {
    public static final TupleValue EMPTY = new TupleValue(new Object[0]);

    private final Object[] elements;

    /** A tuple that owns the array. */
    public TupleValue(Object[] elements) {
        this.elements = elements;
        Holding.retainAll(elements);
    }

    private TupleValue(Object[] elements, boolean held) {
        this.elements = elements;
    }

    /** A tuple that owns the array, whose elements the caller has retained for it. */
    public static TupleValue ofRetained(Object[] elements) {
        return new TupleValue(elements, true);
    }

    public static TupleValue of(Object... elements) {
        return elements.length == 0 ? EMPTY : new TupleValue(elements);
    }

    public int size() {
        return elements.length;
    }

    public Object get(int index) {
        return elements[index];
    }

    /** A copy of the elements. */
    public Object[] toArray() {
        return elements.clone();
    }

    public List<Object> elements() {
        return List.of(elements);
    }

    /** The elements from {@code from} (inclusive) to {@code to} (exclusive). */
    public TupleValue slice(int from, int to) {
        return new TupleValue(Arrays.copyOfRange(elements, from, to));
    }

    public TupleValue concat(TupleValue other) {
        var all = Arrays.copyOf(elements, elements.length + other.elements.length);
        System.arraycopy(other.elements, 0, all, elements.length, other.elements.length);
        return new TupleValue(all);
    }

    /** A tuple with one element replaced. */
    public TupleValue with(int index, Object value) {
        var copy = elements.clone();
        copy[index] = value;
        return new TupleValue(copy);
    }

    @Override
    Object[] elementsHeld() {
        return elements;
    }
}

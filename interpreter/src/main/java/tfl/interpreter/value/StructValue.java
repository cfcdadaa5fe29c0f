package tfl.interpreter.value;

/** A named record with methods. */
public final class StructValue extends Counted implements FieldsValue {
    private final StructType type;
    private final Object[] values;

    /** A value that owns the array, one element for each field. */
    public StructValue(StructType type, Object[] values) {
        this(type, values, true);
        Holding.retainAll(values);
    }

    private StructValue(StructType type, Object[] values, boolean held) {
        this.type = type;
        this.values = values;
    }

    /** Like the constructor, for contents that the caller has retained for it. */
    public static StructValue ofRetained(StructType type, Object[] values) {
        return new StructValue(type, values, true);
    }

    public StructType type() {
        return type;
    }

    @Override
    public RecordLayout layout() {
        return type.layout();
    }

    @Override
    public Object get(int index) {
        return values[index];
    }

    @Override
    public StructValue with(int index, Object value) {
        var copy = values.clone();
        copy[index] = value;
        return new StructValue(type, copy);
    }

    @Override
    public StructValue withAll(Object[] contents) {
        return new StructValue(type, contents);
    }

    @Override
    public Object[] toArray() {
        return values.clone();
    }

    @Override
    Object[] elementsHeld() {
        return values;
    }
}

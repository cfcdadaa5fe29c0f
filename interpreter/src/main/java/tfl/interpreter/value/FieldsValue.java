package tfl.interpreter.value;

/** A value with named fields: a record or a struct. */
public sealed interface FieldsValue permits RecordValue, StructValue {
    RecordLayout layout();

    /** The field at that place of the layout. */
    Object get(int index);

    /** The same value with one field replaced. */
    FieldsValue with(int index, Object value);

    /** The same names (and struct) with other contents, which the new value owns. */
    FieldsValue withAll(Object[] values);

    /** A copy of the contents. */
    Object[] toArray();

    default int size() {
        return layout().size();
    }

    /** The field of that name, or null. */
    default Object find(String name) {
        int index = layout().indexOf(name);
        return index < 0 ? null : get(index);
    }
}

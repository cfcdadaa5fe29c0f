package tfl.interpreter.value;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Ordered named fields: {@code {w: x, b: y}}. */
public final class RecordValue extends Counted implements FieldsValue {
    public static final RecordValue EMPTY = new RecordValue(RecordLayout.EMPTY, new Object[0]);

    private final RecordLayout layout;
    private final Object[] values;

    /** A record that owns the array, whose length is that of the layout. */
    public RecordValue(RecordLayout layout, Object[] values) {
        this(layout, values, true);
        Holding.retainAll(values);
    }

    private RecordValue(RecordLayout layout, Object[] values, boolean held) {
        this.layout = layout;
        this.values = values;
    }

    /** Like the constructor, for contents that the caller has retained for it. */
    public static RecordValue ofRetained(RecordLayout layout, Object[] values) {
        return new RecordValue(layout, values, true);
    }

    /** A record of these fields in the map's order. */
    public static RecordValue of(Map<String, ?> fields) {
        return new RecordValue(RecordLayout.of(List.copyOf(fields.keySet())), fields.values().toArray());
    }

    @Override
    public RecordLayout layout() {
        return layout;
    }

    @Override
    public Object get(int index) {
        return values[index];
    }

    @Override
    public RecordValue with(int index, Object value) {
        var copy = values.clone();
        copy[index] = value;
        return new RecordValue(layout, copy);
    }

    /** The record with that field replaced, or added at the end. */
    public RecordValue with(String name, Object value) {
        int index = layout.indexOf(name);
        if (index >= 0) {
            return with(index, value);
        }
        var names = new String[layout.size() + 1];
        layout.names().toArray(names);
        names[layout.size()] = name;
        var copy = Arrays.copyOf(values, values.length + 1);
        copy[values.length] = value;
        return new RecordValue(RecordLayout.of(names), copy);
    }

    @Override
    public RecordValue withAll(Object[] contents) {
        return new RecordValue(layout, contents);
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

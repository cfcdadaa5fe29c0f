package tfl.interpreter.builtin.table;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import tfl.interpreter.builtin.Builtin;
import tfl.interpreter.builtin.BuiltinFunction;
import tfl.interpreter.builtin.BuiltinProvider;
import tfl.interpreter.value.ModuleValue;

/**
 * A module whose members are rows, made when the first of them is needed: for import, and as a value of the
 * prelude.
 */
public abstract class RowsModule implements BuiltinProvider, ModuleValue {
    private final String name;
    private final String doc;
    private final Supplier<List<Builtin>> source;
    private final Map<String, BuiltinFunction> functions = new LinkedHashMap<>();
    private Map<String, Builtin> rows;

    protected RowsModule(String name, String doc, Supplier<List<Builtin>> source) {
        this.name = name;
        this.doc = doc;
        this.source = source;
    }

    /** The rows, in the order of their table. */
    public Collection<Builtin> rows() {
        return table().values();
    }

    private synchronized Map<String, Builtin> table() {
        if (rows == null) {
            var made = new LinkedHashMap<String, Builtin>();
            source.get().forEach(row -> made.put(row.name(), row));
            rows = made;
        }
        return rows;
    }

    @Override
    public String module() {
        return name;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String doc() {
        return doc;
    }

    @Override
    public synchronized Object find(String member) {
        var row = table().get(member);
        return row == null ? null : functions.computeIfAbsent(member, key -> new BuiltinFunction(row));
    }

    @Override
    public Collection<String> names() {
        return new ArrayList<>(table().keySet());
    }

    @Override
    public Collection<String> members() {
        return names();
    }
}

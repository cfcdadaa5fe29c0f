package tfl.interpreter.builtin;

import java.util.Collection;
import java.util.Collections;
import java.util.Map;

/** A library module whose Java side is a table of functions. */
public abstract class TableModule implements BuiltinProvider {
    private final String module;
    private final Map<String, Builtin> rows;

    /** @param rows by name, in the order in which they are listed */
    protected TableModule(String module, Map<String, Builtin> rows) {
        this.module = module;
        this.rows = Collections.unmodifiableMap(rows);
    }

    @Override
    public final String module() {
        return module;
    }

    @Override
    public final Builtin find(String name) {
        return rows.get(name);
    }

    @Override
    public final Collection<String> names() {
        return rows.keySet();
    }
}

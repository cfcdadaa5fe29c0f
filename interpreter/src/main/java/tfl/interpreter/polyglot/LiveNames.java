package tfl.interpreter.polyglot;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.Set;
import tfl.interpreter.builtin.BuiltinFunction;
import tfl.interpreter.builtin.StreamValue;
import tfl.interpreter.builtin.Wrapping;
import tfl.interpreter.translate.Modules;
import tfl.interpreter.value.BoundFunction;
import tfl.interpreter.value.ClosureValue;
import tfl.interpreter.value.FieldsValue;
import tfl.interpreter.value.StructType;
import tfl.interpreter.value.StructValue;
import tfl.interpreter.value.TupleValue;

/** The names of the session's module that the functions in a value look up whenever they are called. */
final class LiveNames {
    private final Modules modules;
    private final Set<String> names = new LinkedHashSet<>();
    private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    private boolean hidden;

    private LiveNames(Modules modules) {
        this.modules = modules;
    }

    /** The names, or null if there may be others, in functions that Java holds. */
    static Set<String> of(Object value, Modules modules) {
        var found = new LiveNames(modules);
        found.add(value);
        return found.hidden ? null : found.names;
    }

    private void add(Object value) {
        switch (value) {
            case TupleValue tuple when seen.add(tuple) -> all(tuple.toArray());
            case StructValue struct when seen.add(struct) -> {
                add(struct.type());
                all(struct.toArray());
            }
            case FieldsValue fields when seen.add(fields) -> all(fields.toArray());
            case StructType type when seen.add(type) -> {
                add(type.constructor());
                type.methodNames().forEach(name -> add(type.method(name)));
            }
            case ClosureValue closure when seen.add(closure) -> {
                names.addAll(closure.code().liveNames());
                for (int i = 0; i < closure.captures(); i++) {
                    add(closure.captured(i));
                }
            }
            case BoundFunction bound -> {
                add(bound.function());
                add(bound.first());
            }
            case BuiltinFunction builtin when builtin.builtin().body() instanceof Wrapping wrapping ->
                    add(wrapping.wrapped());
            case BuiltinFunction builtin when !modules.isRow(builtin) -> hidden = true;
            case StreamValue _ -> hidden = true;
            case null, default -> { }
        }
    }

    private void all(Object[] values) {
        for (var value : values) {
            add(value);
        }
    }
}

package tfl.interpreter.polyglot;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import tfl.interpreter.TflContext;
import tfl.interpreter.builtin.prelude.Prelude;
import tfl.interpreter.builtin.text.Kinds;
import tfl.interpreter.node.variable.ModuleScope;
import tfl.interpreter.translate.Modules;
import tfl.interpreter.value.FunctionValue;
import tfl.interpreter.value.ModuleValue;
import tfl.interpreter.value.RecordValue;
import tfl.interpreter.value.StructType;
import tfl.interpreter.value.TupleValue;

/**
 * What a reference says about modules: a record for each name, {@code {name, kind, signature, doc, group, methods}}.
 */
final class ReferenceRows {
    private static final String PRELUDE = "prelude";
    private final Modules modules;

    ReferenceRows(TflContext session) {
        this.modules = Modules.of(session);
    }

    /** The prelude and the library's modules: {@code {name, doc}}. */
    Object modules() {
        var rows = new ArrayList<Object>();
        rows.add(module(PRELUDE, "The names that every program sees. Where the array API standard (2024.12) has a "
                + "function, it is here with that name and those semantics. Every function can be called both ways: "
                + "`sum(x, axis=0)` and `x.sum(axis=0)`."));
        for (var name : modules.libraryNames()) {
            if (!name.contains(".")) { // a part of a module that is told of as a whole
                rows.add(module(name, modules.library(name).doc()));
            }
        }
        return new TupleValue(rows.toArray());
    }

    private static Object module(String name, String doc) {
        var row = new LinkedHashMap<String, Object>();
        row.put("name", name);
        row.put("doc", doc == null ? "" : doc);
        return RecordValue.of(row);
    }

    /** The names of the library's modules, none of which is run for this. */
    Object names() {
        return new TupleValue(modules.libraryNames().toArray());
    }

    /** The names of one module. */
    Object of(String name) {
        return new TupleValue((name.equals(PRELUDE) ? prelude() : library(modules.library(name))).toArray());
    }

    private List<Object> prelude() {
        var others = new LinkedHashSet<>(modules.globals().names());
        var rows = new ArrayList<Object>();
        for (var group : Prelude.groups()) {
            for (var row : Prelude.rows(group)) {
                others.remove(row.name());
                rows.add(row(row.name(), modules.globals().find(row.name()), group, row.doc()));
            }
        }
        for (var name : others) {
            var value = modules.globals().find(name);
            if (value instanceof FunctionValue) {
                rows.add(row(name, value, "transformations and the session", null));
            }
        }
        return rows;
    }

    private static List<Object> library(ModuleScope module) {
        var rows = new ArrayList<Object>();
        for (var name : module.members()) {
            var value = module.find(name);
            if (!(value instanceof ModuleValue)) {
                rows.add(row(name, value, "", module.doc(name)));
            }
        }
        return rows;
    }

    private static Object row(String name, Object value, String group, String doc) {
        return switch (value) {
            case FunctionValue function -> row(name, "function", name + function.signature(), function.doc(), group,
                    List.of());
            case StructType type -> row(name, "struct", name + type.constructor().signature(), type.doc(), group,
                    methods(type));
            case null, default -> row(name, value == null ? "value" : Kinds.of(value), name, doc, group, List.of());
        };
    }

    private static List<Object> methods(StructType type) {
        var rows = new ArrayList<Object>();
        for (var name : type.methodNames()) {
            var method = type.method(name);
            if (!name.startsWith("_") && method.doc() != null) {
                rows.add(row(name, "method", name + method.signature(), method.doc(), "", List.of()));
            }
        }
        return rows;
    }

    private static Object row(String name, String kind, String signature, String doc, String group,
            List<Object> methods) {
        var row = new LinkedHashMap<String, Object>();
        row.put("name", name);
        row.put("kind", kind);
        row.put("signature", signature);
        row.put("doc", doc == null ? "" : doc);
        row.put("group", group);
        row.put("methods", new TupleValue(methods.toArray()));
        return RecordValue.of(row);
    }
}

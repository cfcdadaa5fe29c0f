package tfl.interpreter.polyglot;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.TreeSet;
import tfl.interpreter.TflContext;
import tfl.interpreter.builtin.tensor.Properties;
import tfl.interpreter.builtin.text.Kinds;
import tfl.interpreter.translate.Modules;
import tfl.interpreter.value.BoundFunction;
import tfl.interpreter.value.FieldsValue;
import tfl.interpreter.value.FunctionValue;
import tfl.interpreter.value.RecordValue;
import tfl.interpreter.value.Signature;
import tfl.interpreter.value.StructValue;
import tfl.interpreter.value.TupleValue;
import tfl.tensor.TensorValue;

/** What a tool may offer to put at a cursor: rows with text, kind, and the first line of the documentation. */
final class CompletionRows {
    private final Modules modules;
    private final Paths paths;

    CompletionRows(TflContext session) {
        this.modules = Modules.of(session);
        this.paths = new Paths(session);
    }

    /** The names that every text knows. */
    Object globals() {
        return new TupleValue(modules.globals().names().toArray());
    }

    /** The names that begin so. */
    Object names(String prefix) {
        var rows = new ArrayList<Object>();
        for (var name : paths.names()) {
            if (fits(name, prefix)) {
                rows.add(row(name, "name", paths.find(name)));
            }
        }
        return new TupleValue(rows.toArray());
    }

    /** The names behind a dot: fields, methods, and functions that take the value as their first argument. */
    Object fields(String path, String prefix) {
        Object value = paths.find(path);
        var rows = new ArrayList<Object>();
        for (var name : members(value)) {
            if (fits(name, prefix)) {
                rows.add(field(value, name));
            }
        }
        // A value with fields of its own is rarely meant as an argument.
        if (Paths.takesFunctions(value) && !(value instanceof FieldsValue && !rows.isEmpty())) {
            var own = members(value);
            for (var name : new TreeSet<>(modules.globals().names())) {
                if (fits(name, prefix) && !own.contains(name) && modules.globals().find(name)
                        instanceof FunctionValue function && function.signature().positional() > 0) {
                    rows.add(row(name, "fn", function));
                }
            }
        }
        return new TupleValue(rows.toArray());
    }

    private static Collection<String> members(Object value) {
        return value instanceof TensorValue ? Properties.NAMES : Parts.members(value);
    }

    private static RecordValue field(Object value, String name) {
        if (value instanceof TensorValue) {
            return row(name, "property", null);
        }
        boolean isField = value instanceof FieldsValue fields && fields.find(name) != null;
        Object part = Parts.member(value, name);
        return isField ? entry(name, "field", Kinds.of(part))
                : row(name, value instanceof StructValue ? "method" : "name", part);
    }

    /** The public names of a library module that is in use already. */
    Object exports(String module, String prefix) {
        var scope = modules.known(module);
        var rows = new ArrayList<Object>();
        for (var name : scope == null ? List.<String>of() : new TreeSet<>(scope.members())) {
            if (fits(name, prefix)) {
                rows.add(row(name, "name", scope.find(name)));
            }
        }
        return new TupleValue(rows.toArray());
    }

    /** The library's modules that begin so. */
    Object modules(String prefix) {
        return new TupleValue(modules.libraryNames().stream().filter(name -> name.startsWith(prefix))
                .map(name -> entry(name, "module", "")).toArray());
    }

    /** The names that keywords may have. */
    Object parameters(String path) {
        Object value = paths.find(path);
        var signature = LookUp.signatureOf(value);
        return signature == null ? TupleValue.EMPTY : new TupleValue(signature.parameters().stream()
                .skip(value instanceof BoundFunction bound && !LookUp.isMethod(bound) ? 1 : 0)
                .filter(each -> each.name() != null && (each.kind() == Signature.Kind.PLAIN
                        || each.kind() == Signature.Kind.KEYWORD_ONLY)).map(Signature.Parameter::name).toArray());
    }

    private static boolean fits(String name, String prefix) {
        return name.startsWith(prefix) && (prefix.startsWith("_") || !name.startsWith("_"));
    }

    private static RecordValue row(String name, String unknown, Object value) {
        String doc = value == null ? null : LookUp.docOf(value);
        return entry(name, value == null ? unknown : Kinds.of(value),
                doc == null ? "" : doc.lines().findFirst().orElse(""));
    }

    private static RecordValue entry(String text, String kind, String doc) {
        var row = new LinkedHashMap<String, Object>();
        row.put("text", text);
        row.put("kind", kind);
        row.put("doc", doc);
        return RecordValue.of(row);
    }
}

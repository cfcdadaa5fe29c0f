package tfl.interpreter.polyglot;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import tfl.interpreter.ErrorKind;
import tfl.interpreter.TflContext;
import tfl.interpreter.TflException;
import tfl.interpreter.builtin.text.Display;
import tfl.interpreter.builtin.text.Kinds;
import tfl.interpreter.node.variable.ModuleScope;
import tfl.interpreter.text.Suggestion;
import tfl.interpreter.translate.Modules;
import tfl.interpreter.value.BoundFunction;
import tfl.interpreter.value.ClosureValue;
import tfl.interpreter.value.FunctionValue;
import tfl.interpreter.value.ModuleValue;
import tfl.interpreter.value.RecordValue;
import tfl.interpreter.value.Signature;
import tfl.interpreter.value.StructType;
import tfl.interpreter.value.StructValue;
import tfl.interpreter.value.TupleValue;

/** What tools ask about names: documentation, completion, signatures. */
final class LookUp {
    private final Modules modules;

    LookUp(TflContext session) {
        this.modules = Modules.of(session);
    }

    Object display(Object value, int width, @SuppressWarnings("unused") boolean colour) {
        return Display.of(value, width);
    }

    /** The value of a path such as {@code nn.dense}, or null. */
    private Object find(String path) {
        var parts = path.split("\\.");
        Object value = modules.main().find(parts[0]);
        if (value == null) {
            value = modules.globals().find(parts[0]);
        }
        for (int i = 1; i < parts.length && value != null; i++) {
            value = Parts.member(value, parts[i]);
        }
        return value;
    }

    private Object get(String path) {
        Object value = find(path);
        if (value == null) {
            String near = Suggestion.nearest(path, names());
            throw TflException.of(ErrorKind.NAME, "TFL-E0200", "there is no " + path, near == null ? null
                    : "did you mean " + near + "?");
        }
        return value;
    }

    private TreeSet<String> names() {
        var names = new TreeSet<>(modules.globals().names());
        names.addAll(modules.main().variableNames());
        names.addAll(modules.main().definitionNames());
        return names;
    }

    /** The names that every text knows. */
    Object globals() {
        return new TupleValue(modules.globals().names().toArray());
    }

    /** How it is called, and its documentation. */
    Object doc(String path) {
        Object value = get(path);
        String doc = docOf(value);
        if (doc == null && path.contains(".")) {
            int dot = path.lastIndexOf('.');
            doc = find(path.substring(0, dot)) instanceof ModuleScope module ? module.doc(path.substring(dot + 1))
                    : null;
        }
        return head(path, value) + (doc == null || doc.isBlank() ? "" : "\n" + doc);
    }

    private static String docOf(Object value) {
        return switch (value) {
            case FunctionValue function -> function.doc();
            case StructType type -> type.doc();
            case StructValue struct -> struct.type().doc();
            case ModuleValue module -> module.doc();
            default -> null;
        };
    }

    private static String head(String path, Object value) {
        var signature = signatureOf(value);
        return signature == null ? path + ": " + Kinds.of(value) : path + signature;
    }

    private static Signature signatureOf(Object value) {
        return switch (value) {
            case FunctionValue function -> function.shownSignature();
            case StructType type -> type.constructor().signature();
            case StructValue struct when struct.type().method("call") != null -> struct.type().method(
                    "call").signature();
            case BoundFunction bound -> signatureOf(bound.function());
            case null, default -> null;
        };
    }

    /** The text that defines it. */
    Object source(String path) {
        Object value = get(path);
        if (value instanceof StructType type) {
            value = type.constructor();
        }
        return value instanceof ClosureValue closure ? closure.code().span().text()
                : path + " is not written in TFL\n" + doc(path);
    }

    /** How it is called; an empty string for what is no function. */
    Object signature(String path) {
        var signature = signatureOf(find(path));
        return signature == null ? "" : path + signature;
    }

    /** The names that keywords may have. */
    Object parameters(String path) {
        var signature = signatureOf(find(path));
        return signature == null ? TupleValue.EMPTY : new TupleValue(signature.parameters().stream()
                .filter(each -> each.name() != null && (each.kind() == Signature.Kind.PLAIN
                        || each.kind() == Signature.Kind.KEYWORD_ONLY)).map(Signature.Parameter::name).toArray());
    }

    /** The names behind a dot. */
    Object members(String path) {
        Object value = find(path);
        return value == null ? TupleValue.EMPTY : new TupleValue(Parts.members(value).toArray());
    }

    /** A row for each name that begins so: text, kind, and the first line of its documentation. */
    Object complete(String prefix) {
        var rows = new ArrayList<Object>();
        for (var name : names()) {
            if (name.startsWith(prefix) && (prefix.startsWith("_") || !name.startsWith("_"))) {
                Object value = find(name);
                String doc = value == null ? null : docOf(value);
                var row = new LinkedHashMap<String, Object>();
                row.put("text", name);
                row.put("kind", value == null ? "name" : Kinds.of(value));
                row.put("doc", doc == null ? "" : doc.lines().findFirst().orElse(""));
                rows.add(RecordValue.of(row));
            }
        }
        return new TupleValue(rows.toArray());
    }

    /** The names whose name or documentation holds the word, one a line. */
    Object apropos(String word) {
        var lines = new ArrayList<String>();
        String wanted = word.toLowerCase(Locale.ROOT);
        for (var name : names()) {
            Object value = find(name);
            String doc = value == null ? null : docOf(value);
            String text = doc == null ? "" : doc;
            if ((name + " " + text).toLowerCase(Locale.ROOT).contains(wanted)) {
                lines.add(String.format("%-20s %s", name, text.lines().findFirst().orElse("")).stripTrailing());
            }
        }
        return lines.isEmpty() ? "nothing about " + word : String.join("\n", List.copyOf(lines));
    }
}

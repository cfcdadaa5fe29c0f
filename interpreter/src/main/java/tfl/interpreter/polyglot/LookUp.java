package tfl.interpreter.polyglot;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import tfl.interpreter.ErrorKind;
import tfl.interpreter.TflContext;
import tfl.interpreter.TflException;
import tfl.interpreter.builtin.BuiltinFunction;
import tfl.interpreter.builtin.Wrapping;
import tfl.interpreter.builtin.text.Display;
import tfl.interpreter.builtin.text.Kinds;
import tfl.interpreter.builtin.text.ValueText;
import tfl.interpreter.node.variable.ModuleScope;
import tfl.interpreter.text.Suggestion;
import tfl.interpreter.translate.Modules;
import tfl.interpreter.value.BoundFunction;
import tfl.interpreter.value.ClosureValue;
import tfl.interpreter.value.FunctionValue;
import tfl.interpreter.value.ModuleValue;
import tfl.interpreter.value.None;
import tfl.interpreter.value.RangeValue;
import tfl.interpreter.value.RecordValue;
import tfl.interpreter.value.Signature;
import tfl.interpreter.value.StructType;
import tfl.interpreter.value.StructValue;
import tfl.interpreter.value.TupleValue;

/** What tools ask about names: documentation, completion, signatures. */
final class LookUp {
    private static final int LONGEST_BRIEF = 60;
    private final Modules modules;
    private final Paths paths;

    LookUp(TflContext session) {
        this.modules = Modules.of(session);
        this.paths = new Paths(session);
    }

    Object display(Object value, int width, @SuppressWarnings("unused") boolean colour) {
        return Display.of(value, width);
    }

    private Object get(String path) {
        Object value = paths.find(path);
        if (value == null) {
            String near = Suggestion.nearest(path, paths.names());
            throw TflException.of(ErrorKind.NAME, "TFL-E0200", "there is no " + path, near == null ? null
                    : "did you mean " + near + "?");
        }
        return value;
    }

    /** How it is called, and its documentation. */
    Object doc(String path) {
        Object value = get(path);
        String doc = documentation(path, value);
        return head(path, value) + (doc == null || doc.isBlank() ? "" : "\n" + doc);
    }

    private String documentation(String path, Object value) {
        String doc = docOf(value);
        if (doc == null && path.contains(".")) {
            int dot = path.lastIndexOf('.');
            return paths.find(path.substring(0, dot)) instanceof ModuleScope module
                    ? module.doc(path.substring(dot + 1)) : null;
        }
        return doc != null ? doc : modules.main().doc(path);
    }

    static String docOf(Object value) {
        return switch (value) {
            case BoundFunction bound -> docOf(bound.function());
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

    static Signature signatureOf(Object value) {
        return switch (value) {
            case FunctionValue function -> function.shownSignature();
            case StructType type -> type.constructor().signature();
            case StructValue struct when struct.type().method("call") != null ->
                withoutSelf(struct.type().method("call").signature());
            case BoundFunction bound when isMethod(bound) -> withoutSelf(signatureOf(bound.function()));
            case BoundFunction bound -> signatureOf(bound.function());
            case null, default -> null;
        };
    }

    /** Whether it is a method with its struct, and no function of the prelude with its first argument. */
    static boolean isMethod(BoundFunction bound) {
        return bound.first() instanceof StructValue struct && bound.function() instanceof FunctionValue function
                && struct.type().method(function.name()) == function;
    }

    private static Signature withoutSelf(Signature signature) {
        return new Signature(signature.parameters().subList(1, signature.size()));
    }

    /** The text that defines it. */
    Object source(String path) {
        Object value = get(path);
        String source = sourceOf(value);
        return source.isEmpty() ? path + " is not written in TFL\n" + doc(path) : source;
    }

    private static String sourceOf(Object value) {
        return switch (value) {
            case StructType type -> sourceOf(type.constructor());
            case BoundFunction bound -> sourceOf(bound.function());
            case ClosureValue closure -> closure.code().span().text();
            case BuiltinFunction made when made.builtin().body() instanceof Wrapping wrapping ->
                sourceOf(wrapping.wrapped());
            default -> "";
        };
    }

    /** How it is called; an empty string for what is no function. */
    Object signature(String path) {
        var signature = signatureOf(paths.find(path));
        return signature == null ? "" : path + signature;
    }

    /** All that is known of a path, without computing anything; none for what is not known. */
    Object inspect(String path) {
        Object value = paths.find(path);
        if (value == null) {
            return None.NONE;
        }
        var signature = signatureOf(value);
        boolean receiver = value instanceof BoundFunction bound && !isMethod(bound);
        String called = receiver ? path.substring(path.lastIndexOf('.') + 1) : path;
        String doc = documentation(path, value);
        var row = new LinkedHashMap<String, Object>();
        row.put("kind", Kinds.of(value));
        row.put("signature", signature == null ? "" : called + signature);
        row.put("parameters", signature == null ? TupleValue.EMPTY
                : TupleValue.of(signature.parameters().stream().map(Signature.Parameter::text).toArray()));
        row.put("receiver", receiver);
        row.put("doc", doc == null ? "" : doc);
        row.put("source", sourceOf(value));
        row.put("value", signature == null ? brief(value) : "");
        return RecordValue.of(row);
    }

    /** A value that fits a few words; empty for others, and for tensors, which a device may still be computing. */
    private static String brief(Object value) {
        return switch (value) {
            case String text when text.length() > LONGEST_BRIEF -> "";
            case String text -> ValueText.inline(text);
            case Long number -> number.toString();
            case Double number -> ValueText.inline(number);
            case Boolean truth -> truth.toString();
            case RangeValue range -> ValueText.inline(range);
            default -> "";
        };
    }

    /** The names whose name or documentation holds the word, one a line. */
    Object apropos(String word) {
        var lines = new ArrayList<String>();
        String wanted = word.toLowerCase(Locale.ROOT);
        for (var name : paths.names()) {
            Object value = paths.find(name);
            String doc = value == null ? null : docOf(value);
            String text = doc == null ? "" : doc;
            if ((name + " " + text).toLowerCase(Locale.ROOT).contains(wanted)) {
                lines.add(String.format("%-20s %s", name, text.lines().findFirst().orElse("")).stripTrailing());
            }
        }
        return lines.isEmpty() ? "nothing about " + word : String.join("\n", List.copyOf(lines));
    }
}

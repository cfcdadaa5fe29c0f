package tfl.interpreter.builtin.prelude;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import tfl.interpreter.builtin.tensor.Properties;
import tfl.interpreter.builtin.text.Kinds;
import tfl.interpreter.builtin.text.ValueText;
import tfl.interpreter.value.BoundFunction;
import tfl.interpreter.value.FieldsValue;
import tfl.interpreter.value.FunctionValue;
import tfl.interpreter.value.ModuleValue;
import tfl.interpreter.value.StructType;
import tfl.interpreter.value.StructValue;
import tfl.tensor.TensorValue;
import tfl.transform.Lifted;

/** What is known about a value: its documentation and its parts. */
public final class Documentation {
    private Documentation() {}

    /** The text that {@code help} writes. */
    public static String of(Object value) {
        return switch (value) {
            case FunctionValue function -> text(function.name() + function.shownSignature(), function.doc());
            case BoundFunction bound -> of(bound.function());
            case StructType type -> struct(type);
            case StructValue struct -> struct(struct.type());
            case ModuleValue module -> text("module " + module.name(), module.doc()) + "\n\nmembers: "
                    + String.join(" ", new TreeSet<>(module.members()));
            case null, default -> Kinds.of(value) + "\n\nhas: " + String.join(" ", members(value));
        };
    }

    private static String text(String head, String doc) {
        return doc == null || doc.isEmpty() ? head : head + "\n" + doc;
    }

    private static String struct(StructType type) {
        var lines = new ArrayList<String>();
        lines.add(text(ValueText.inline(type), type.doc()));
        for (var name : new TreeSet<>(type.methodNames())) {
            var method = type.method(name);
            lines.add("  " + name + method.signature() + (method.doc() == null ? "" : ": " + method.doc()));
        }
        return String.join("\n", lines);
    }

    /** The names of what a value has, fields first. */
    public static List<String> members(Object value) {
        return switch (value) {
            case StructValue struct -> {
                var names = new ArrayList<>(struct.layout().names());
                names.addAll(new TreeSet<>(struct.type().methodNames()));
                yield names;
            }
            case FieldsValue fields -> fields.layout().names();
            case StructType type -> List.copyOf(new TreeSet<>(type.methodNames()));
            case ModuleValue module -> List.copyOf(new TreeSet<>(module.members()));
            case TensorValue tensor -> Lifted.isWeak(tensor) ? List.of() : Properties.NAMES;
            case null, default -> List.of();
        };
    }
}

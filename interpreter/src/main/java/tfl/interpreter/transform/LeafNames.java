package tfl.interpreter.transform;

import java.util.ArrayList;
import java.util.List;
import tfl.interpreter.builtin.module.Generator;
import tfl.interpreter.builtin.text.DeferredText;
import tfl.interpreter.value.BoundFunction;
import tfl.interpreter.value.ClosureValue;
import tfl.interpreter.value.FunctionValue;
import tfl.interpreter.value.RecordValue;
import tfl.interpreter.value.Signature;
import tfl.interpreter.value.StructValue;
import tfl.interpreter.value.TupleValue;
import tfl.tensor.TensorValue;

/** What people call the parts of a {@link CallSignature}: by parameter, and within it by field and place. */
final class LeafNames {
    private final List<String> atoms = new ArrayList<>();
    private final List<String> tokens = new ArrayList<>();

    private LeafNames() {}

    /** The names in a call of that function, such as {@code model.layers.0.w}. */
    static LeafNames of(Object function, TupleValue arguments, RecordValue keywords) {
        var walk = new LeafNames();
        walk.tokens.add("the arguments");
        for (int k = 0; k < arguments.size(); k++) {
            walk.add(parameter(function, k), arguments.get(k));
        }
        walk.tokens.add("the arguments by name");
        for (int k = 0; k < keywords.size(); k++) {
            walk.add(keywords.layout().name(k), keywords.get(k));
        }
        return walk;
    }

    /** One for each atom, in order. */
    List<String> atoms() {
        return atoms;
    }

    /** One for each token, in order. */
    List<String> tokens() {
        return tokens;
    }

    private static String parameter(Object function, int position) {
        int next = 0;
        var parameters = function instanceof FunctionValue own ? own.shownSignature().parameters()
                : List.<Signature.Parameter>of();
        for (var parameter : parameters) {
            if (parameter.kind() == Signature.Kind.REST) {
                return parameter.name() + "." + (position - next);
            }
            if (parameter.kind() == Signature.Kind.PLAIN && next++ == position) {
                return parameter.name() == null ? Integer.toString(position) : parameter.name();
            }
        }
        return Integer.toString(position);
    }

    private void add(String name, Object value) {
        tokens.add(name);
        switch (value) {
            case TupleValue tuple -> {
                for (int k = 0; k < tuple.size(); k++) {
                    add(name + "." + k, tuple.get(k));
                }
            }
            case RecordValue record -> {
                for (int k = 0; k < record.size(); k++) {
                    add(name + "." + record.layout().name(k), record.get(k));
                }
            }
            case StructValue struct when Generator.isKey(struct) -> {
                tokens.add(name);
                atoms.add(name);
            }
            case StructValue struct -> {
                for (int k = 0; k < struct.layout().size(); k++) {
                    add(name + "." + struct.layout().name(k), struct.get(k));
                }
            }
            case ClosureValue closure -> {
                for (int k = 0; k < closure.captures(); k++) {
                    if (closure.captured(k) != null) {
                        add(name + ".captured." + k, closure.captured(k));
                    }
                }
            }
            case BoundFunction(Object function, Object first) -> {
                add(name, function);
                add(name + ".self", first);
            }
            case DeferredText text -> {
                for (var part : text.values()) {
                    add(name, part);
                }
            }
            case TensorValue tensor -> atoms.add(name);
            case Double number -> atoms.add(name);
            case Long number -> atoms.add(name);
            case null, default -> { }
        }
    }
}

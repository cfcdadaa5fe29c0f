package tfl.interpreter.transform;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import tfl.interpreter.builtin.module.Generator;
import tfl.interpreter.builtin.text.DeferredText;
import tfl.interpreter.builtin.text.Kinds;
import tfl.interpreter.builtin.text.ValueText;
import tfl.interpreter.value.BoundFunction;
import tfl.interpreter.value.ClosureValue;
import tfl.interpreter.value.FunctionCode;
import tfl.interpreter.value.None;
import tfl.interpreter.value.RangeValue;
import tfl.interpreter.value.RecordLayout;
import tfl.interpreter.value.RecordValue;
import tfl.interpreter.value.StructType;
import tfl.interpreter.value.StructValue;
import tfl.interpreter.value.TupleValue;
import tfl.tensor.Tensor;
import tfl.tensor.TensorType;
import tfl.tensor.TensorValue;
import tfl.transform.Lifted;

/**
 * What a graph depends on in the arguments of a call: the nesting, the types of tensors, and the values of everything
 * else but floats. Beside it the atoms that may be given to the graph: tensors, floats and ints.
 */
final class CallSignature {
    /** In the place of a number that is an input of the graph. */
    enum Number { FLOAT, INT }

    /** In the place of a function with its first argument given, whose parts follow. */
    static final Object METHOD = BoundFunction.class;

    private final List<Object> tokens = new ArrayList<>();
    private final List<Object> atoms = new ArrayList<>();
    private final List<Integer> places = new ArrayList<>();
    /** Whether what is added lies in a static field: its floats are values, as its ints are. */
    private boolean isStatic;

    private CallSignature() {}

    static CallSignature of(TupleValue arguments, RecordValue keywords) {
        var signature = new CallSignature();
        signature.add(arguments);
        signature.add(keywords);
        return signature;
    }

    private void add(Object value) {
        // Most values are plain tensors, which need no look at all the cases.
        if (value instanceof Tensor tensor) {
            atom(tensor, tensor.type());
        } else {
            addAny(value);
        }
    }

    private void addAny(Object value) {
        switch (value) {
            case TupleValue tuple -> addAll(tuple.size(), tuple.toArray());
            case RecordValue record -> addAll(record.layout(), record.toArray());
            case StructValue struct when Generator.isKey(struct) -> {
                tokens.add(struct.type());
                atom(struct.get(0), Number.INT);
            }
            case StructValue struct -> addFields(struct);
            case ClosureValue closure -> {
                tokens.add(closure.code());
                for (int k = 0; k < closure.captures(); k++) {
                    if (closure.captured(k) != null) {
                        add(closure.captured(k));
                    }
                }
            }
            case BoundFunction(Object function, Object first) -> addAll(METHOD, new Object[] {function, first});
            case DeferredText text -> addAll(List.of(List.of(text.texts()), List.of(text.formats())), text.values());
            case TensorValue tensor -> atom(tensor, Lifted.isWeak(tensor) && tensor.type().dtype().isFloat()
                    ? Number.FLOAT : tensor.type());
            case Double number -> atom(number, isStatic ? (Object) number : Number.FLOAT);
            case Long number -> atom(number, number);
            case null, default -> tokens.add(value);
        }
    }

    private void addAll(Object kind, Object[] parts) {
        tokens.add(kind);
        for (var part : parts) {
            add(part);
        }
    }

    private void addFields(StructValue struct) {
        tokens.add(struct.type());
        boolean around = isStatic;
        for (int k = 0; k < struct.layout().size(); k++) {
            isStatic = around || struct.type().isStatic(struct.layout().name(k));
            add(struct.get(k));
        }
        isStatic = around;
    }

    private void atom(Object value, Object token) {
        places.add(tokens.size());
        tokens.add(token);
        atoms.add(value);
    }

    Object[] tokens() {
        return tokens.toArray();
    }

    /** Tensors, floats and ints, in order. */
    Object[] atoms() {
        return atoms.toArray();
    }

    int atomCount() {
        return atoms.size();
    }

    /** Where an atom stands among the tokens. */
    int place(int atom) {
        return places.get(atom);
    }

    /** Whether a graph of these tokens serves this call. */
    boolean fits(Object[] other) {
        if (other.length != tokens.size()) {
            return false;
        }
        for (int k = 0; k < other.length; k++) {
            if (!fits(tokens.get(k), other[k])) {
                return false;
            }
        }
        return true;
    }

    private static boolean fits(Object mine, Object other) {
        return mine == other || other == Number.INT && mine instanceof Long || mine != null && mine.equals(other);
    }

    /** The other's tokens with those ints left open that differ here; null if something else differs. */
    Object[] opened(Object[] other) {
        if (other.length != tokens.size()) {
            return null;
        }
        var opened = Arrays.copyOf(other, other.length);
        for (int k = 0; k < other.length; k++) {
            if (!fits(tokens.get(k), other[k])) {
                if (!(tokens.get(k) instanceof Long) || !(other[k] instanceof Long)) {
                    return null;
                }
                opened[k] = Number.INT;
            }
        }
        return opened;
    }

    /** My tokens with those ints left open that were open for tensors of other shapes; null if there were none such. */
    Object[] openedLike(Object[] other) {
        if (other.length != tokens.size()) {
            return null;
        }
        var opened = tokens();
        boolean any = false;
        for (int k = 0; k < other.length; k++) {
            if (other[k] == Number.INT && opened[k] instanceof Long) {
                opened[k] = Number.INT;
                any = true;
            } else if (!fits(opened[k], other[k]) && !(opened[k] instanceof Long && other[k] instanceof Long)
                    && !(opened[k] instanceof TensorType && other[k] instanceof TensorType)) {
                return null;
            }
        }
        return any ? opened : null;
    }

    /** How many of the other's tokens differ; all of them where the structure does. */
    int differences(Object[] other) {
        if (other.length != tokens.size()) {
            return Math.max(other.length, tokens.size());
        }
        return (int) IntStream.range(0, other.length).filter(k -> !fits(tokens.get(k), other[k])).count();
    }

    /** What differs first from the other's tokens, for people; empty if nothing does. */
    String difference(Object[] other, LeafNames names) {
        for (int k = 0; k < Math.min(other.length, tokens.size()); k++) {
            if (!fits(tokens.get(k), other[k])) {
                var before = text(other[k]);
                var now = text(tokens.get(k));
                return names.tokens().get(k) + ": before " + before + ", now " + (now.equals(before) ? "another" : now);
            }
        }
        return other.length == tokens.size() ? "" : "the arguments have another structure";
    }

    private static String text(Object token) {
        return switch (token) {
            case Number number -> number == Number.FLOAT ? "a float" : "an int";
            case TensorType type -> type.toString();
            case RecordLayout layout when layout.size() == 0 -> "a record without fields";
            case RecordLayout layout -> "a record of " + String.join(", ", layout.names());
            case Integer size -> "a tuple of " + size;
            case RangeValue range -> "the range " + ValueText.inline(range);
            case Class<?> method -> "a method";
            case FunctionCode code -> "the function " + code.name() + " of " + code.span().lineReference();
            case null, default -> Kinds.describe(token);
        };
    }

    /** What the graph depends on, under its names, for people. */
    String text(LeafNames names) {
        var words = new ArrayList<String>();
        for (int k = 0; k < tokens.size(); k++) {
            var token = tokens.get(k);
            boolean isPart = token instanceof Integer || token instanceof RecordLayout || token instanceof StructType
                    || token instanceof List || token instanceof None || token == METHOD;
            if (!isPart) {
                words.add(names.tokens().get(k) + ": " + text(token));
            }
        }
        return String.join(", ", words);
    }
}

package tfl.interpreter.view;

import com.oracle.truffle.api.interop.TruffleObject;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tfl.interpreter.builtin.StreamValue;
import tfl.interpreter.builtin.text.Concrete;
import tfl.interpreter.builtin.text.Kinds;
import tfl.interpreter.builtin.text.TensorText;
import tfl.interpreter.builtin.text.ValueText;
import tfl.interpreter.value.BoundFunction;
import tfl.interpreter.value.FieldsValue;
import tfl.interpreter.value.FunctionValue;
import tfl.interpreter.value.ModuleValue;
import tfl.interpreter.value.RangeValue;
import tfl.interpreter.value.StructType;
import tfl.interpreter.value.StructValue;
import tfl.interpreter.value.TupleValue;
import tfl.tensor.TensorValue;
import tfl.transform.Lifted;

/** Values in few words, for one line of a debugger. Unlike {@code print} it calls no {@code show} of a struct. */
final class Brief {
    private static final int LONGEST = 120;
    private static final int MOST_ELEMENTS = 16;
    private static final int MOST_PARTS = 8;
    private static final int DEPTH = 3;

    private Brief() {}

    /** The value, its type first if it is a tensor. */
    static String of(Object value) {
        if (value instanceof TensorValue tensor) {
            return tensor(tensor);
        }
        return cut(value instanceof Part part ? part.toString() : text(value, DEPTH));
    }

    /** What sort of value it is, in words that {@link #of} does not begin with: some tools write both. */
    static String type(Object value) {
        return switch (value) {
            case TensorValue tensor when !Lifted.isWeak(tensor) -> "tensor";
            case StructValue struct -> "struct value";
            case FunctionValue function -> "function";
            case BoundFunction bound -> "function";
            case StructType type -> "type";
            case ModuleValue module -> "import";
            case Part.Word word -> word.type();
            case Part.Stretch stretch -> "elements";
            case Part.Captures captures -> "captures";
            case null, default -> Kinds.of(value);
        };
    }

    private static String tensor(TensorValue value) {
        if (!Lifted.isKnown(value)) {
            return Kinds.of(value) + (Lifted.everyElement(value) == null ? " (traced)" : " (one of many in vmap)");
        }
        var tensor = Concrete.of(value);
        if (Lifted.isWeak(value)) {
            return TensorText.scalar(tensor, 0);
        }
        String head = value.type() + " cpu";
        return tensor.size() > MOST_ELEMENTS ? head : cut(head + " " + TensorText.inline(tensor));
    }

    private static String text(Object value, int depth) {
        return switch (value) {
            case TensorValue tensor when !Lifted.isKnown(tensor) -> Kinds.of(tensor);
            case TensorValue tensor when tensor.type().shape().size() <= MOST_PARTS ->
                TensorText.inline(Concrete.of(tensor));
            case TensorValue tensor -> tensor.type().toString();
            case TupleValue tuple -> depth == 0 ? "(...)" : tuple(tuple, depth - 1);
            case StructValue struct -> struct.type().name() + "(" + fields(struct, depth - 1) + ")";
            case FieldsValue record -> "{" + fields(record, depth - 1) + "}";
            case null -> "";
            case BoundFunction(Object function, Object first) -> text(function, depth) + " of " + text(first, depth);
            case Long _, Double _, Boolean _, String _, Enum<?> _, RangeValue _, FunctionValue _, StructType _,
                    ModuleValue _, StreamValue _, TruffleObject _ -> ValueText.inline(value);
            default -> Kinds.of(value);
        };
    }

    private static String tuple(TupleValue tuple, int depth) {
        String parts = IntStream.range(0, Math.min(tuple.size(), MOST_PARTS))
                .mapToObj(i -> text(tuple.get(i), depth)).collect(Collectors.joining(", "));
        return "(" + parts + (tuple.size() > MOST_PARTS ? ", ... " + tuple.size() + " in all)"
                : tuple.size() == 1 ? ",)" : ")");
    }

    private static String fields(FieldsValue fields, int depth) {
        if (depth < 0) {
            return "...";
        }
        String parts = IntStream.range(0, Math.min(fields.size(), MOST_PARTS))
                .mapToObj(i -> fields.layout().name(i) + ": " + text(fields.get(i), depth))
                .collect(Collectors.joining(", "));
        return parts + (fields.size() > MOST_PARTS ? ", ..." : "");
    }

    private static String cut(String text) {
        String line = text.replace('\n', ' ');
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST - 3) + "...";
    }
}

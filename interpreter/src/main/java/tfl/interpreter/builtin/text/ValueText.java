package tfl.interpreter.builtin.text;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import tfl.interpreter.builtin.CallContext;
import tfl.interpreter.builtin.StreamValue;
import tfl.interpreter.foreign.ForeignObject;
import tfl.interpreter.value.BoundFunction;
import tfl.interpreter.value.FieldsValue;
import tfl.interpreter.value.FunctionValue;
import tfl.interpreter.value.ModuleValue;
import tfl.interpreter.value.RangeValue;
import tfl.interpreter.value.RecordValue;
import tfl.interpreter.value.StructType;
import tfl.interpreter.value.StructValue;
import tfl.interpreter.value.TupleValue;
import tfl.tensor.TensorValue;

/** Any value as the text that {@code print}, {@code str} and interpolation give. */
public final class ValueText {
    /** Columns of printed tensors. */
    public static final int COLUMNS = 100;
    /** A tensor of more elements is named by its type inside of other values. */
    private static final long MOST_INLINE = 32;

    private ValueText() {}

    /** What {@code print} writes: strings bare, tensors over several lines. */
    @TruffleBoundary
    public static String print(Object value) {
        return switch (value) {
            case String text -> text;
            case DeferredText text -> text.text();
            case TensorValue tensor -> TensorText.of(Concrete.of(tensor), COLUMNS);
            default -> inline(value);
        };
    }

    /** The text inside of another value: strings quoted, tensors in one line or by their type. */
    @TruffleBoundary
    public static String inline(Object value) {
        return switch (value) {
            case String text -> quoted(text);
            case DeferredText text -> quoted(text.text());
            case Double number -> FloatText.shortest(number);
            case TensorValue tensor -> tensor.type().shape().size() <= MOST_INLINE
                    ? TensorText.inline(Concrete.of(tensor)) : tensor.type().toString();
            case TupleValue tuple -> tuple(tuple);
            case RecordValue record -> fields(record).stream().collect(Collectors.joining(", ", "{", "}"));
            case StructValue struct -> struct(struct);
            case RangeValue range -> range(range);
            case FunctionValue function -> "fn " + function.name() + function.shownSignature();
            case BoundFunction bound -> inline(bound.function()) + " of " + inline(bound.first());
            case StructType type -> "struct " + type.name() + "(" + String.join(", ", type.layout().names())
                    + ")";
            case ModuleValue module -> "module " + module.name();
            case StreamValue stream -> "stream";
            case Long number -> number.toString();
            case Boolean truth -> truth.toString();
            case Enum<?> constant -> constant.toString();
            default -> ForeignObject.text(value);
        };
    }

    /** The string as a program would write it. */
    public static String quoted(String text) {
        var out = new StringBuilder("\"");
        text.codePoints().forEach(point -> {
            switch (point) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\t' -> out.append("\\t");
                case '\r' -> out.append("\\r");
                default -> {
                    if (Character.isISOControl(point)) {
                        out.append(String.format("\\u%04x", point));
                    } else {
                        out.appendCodePoint(point);
                    }
                }
            }
        });
        return out.append('"').toString();
    }

    private static String tuple(TupleValue tuple) {
        var parts = new ArrayList<String>();
        for (int i = 0; i < tuple.size(); i++) {
            parts.add(inline(tuple.get(i)));
        }
        return "(" + String.join(", ", parts) + (parts.size() == 1 ? ",)" : ")");
    }

    private static List<String> fields(FieldsValue value) {
        var parts = new ArrayList<String>();
        for (int i = 0; i < value.size(); i++) {
            String name = value.layout().name(i);
            parts.add((isName(name) ? name : quoted(name)) + ": " + inline(value.get(i)));
        }
        return parts;
    }

    private static boolean isName(String text) {
        return !text.isEmpty() && Character.isUnicodeIdentifierStart(text.codePointAt(0))
                && text.codePoints().allMatch(point -> point == '_'
                || Character.isUnicodeIdentifierPart(point))
                || text.startsWith("_");
    }

    private static String struct(StructValue struct) {
        var show = struct.type().method("show");
        if (show != null) {
            Object text = new CallContext(null).call(show, struct);
            return text instanceof String || text instanceof DeferredText ? print(text) : inline(text);
        }
        return fields(struct).stream().collect(Collectors.joining(", ", struct.type().name() + "(", ")"));
    }

    private static String range(RangeValue range) {
        long end = range.start() + range.step() * range.size();
        return range.start() + ".." + end + (range.step() == 1 ? "" : " by " + range.step());
    }
}

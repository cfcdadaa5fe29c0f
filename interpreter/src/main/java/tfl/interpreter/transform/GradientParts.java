package tfl.interpreter.transform;

import java.util.List;
import tfl.interpreter.builtin.text.DeferredText;
import tfl.interpreter.value.FieldsValue;
import tfl.interpreter.value.StructValue;
import tfl.interpreter.value.TupleValue;

/** The parts of a value in which leaves may be, in order. */
final class GradientParts {
    private GradientParts() {}

    static List<Object> of(Object value) {
        return switch (value) {
            case TupleValue tuple -> List.of(tuple.toArray());
            case StructValue struct -> struct.layout().names().stream().filter(name -> !struct.type().isStatic(
                    name))
                    .map(struct::find).toList();
            case FieldsValue record -> List.of(record.toArray());
            case DeferredText text -> List.of(text.values());
            case null, default -> List.of();
        };
    }
}

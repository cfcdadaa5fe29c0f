package tfl.interpreter.transform;

import java.util.List;
import java.util.stream.IntStream;
import tfl.interpreter.value.ClosureValue;
import tfl.interpreter.value.FieldsValue;
import tfl.interpreter.value.StructValue;
import tfl.interpreter.value.TupleValue;

/** The parts of a value in which leaves may be, in order. */
final class GradientParts {
    private GradientParts() {}

    static List<Object> of(Object value) {
        return switch (value) {
            case TupleValue tuple -> List.of(tuple.toArray());
            case FieldsValue fields -> names(fields).stream().map(fields::find).toList();
            case ClosureValue closure -> IntStream.range(0, closure.captures()).mapToObj(closure::captured).toList();
            case null, default -> List.of();
        };
    }

    /** The names of the fields in which leaves may be. */
    static List<String> names(FieldsValue value) {
        var names = value.layout().names();
        return value instanceof StructValue struct
                ? names.stream().filter(name -> !struct.type().isStatic(name)).toList() : names;
    }
}

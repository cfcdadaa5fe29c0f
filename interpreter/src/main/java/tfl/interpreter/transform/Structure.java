package tfl.interpreter.transform;

import java.util.function.UnaryOperator;
import tfl.interpreter.builtin.text.DeferredText;
import tfl.interpreter.value.ClosureValue;
import tfl.interpreter.value.RecordValue;
import tfl.interpreter.value.StructValue;
import tfl.interpreter.value.TupleValue;

/** Values as nestings of tuples, records, structs and closures with atoms inside. */
final class Structure {
    private Structure() {}

    /** The same nesting with every atom, whatever its kind, changed. */
    static Object map(Object value, UnaryOperator<Object> change) {
        return switch (value) {
            case TupleValue tuple -> new TupleValue(all(tuple.toArray(), change));
            case RecordValue record -> record.withAll(all(record.toArray(), change));
            case StructValue struct -> struct.withAll(all(struct.toArray(), change));
            case ClosureValue closure when closure.captures() > 0 -> {
                var captured = new Object[closure.captures()];
                for (int k = 0; k < captured.length; k++) {
                    captured[k] = closure.captured(k);
                }
                yield closure.withCaptured(all(captured, change));
            }
            case DeferredText text -> text.with(all(text.values().clone(), change)).settled();
            case null, default -> change.apply(value);
        };
    }

    private static Object[] all(Object[] values, UnaryOperator<Object> change) {
        for (int k = 0; k < values.length; k++) {
            values[k] = values[k] == null ? null : map(values[k], change);
        }
        return values;
    }
}

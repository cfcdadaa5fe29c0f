package tfl.interpreter.transform;

import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import tfl.interpreter.builtin.MadeFunctions;
import tfl.interpreter.builtin.text.DeferredText;
import tfl.interpreter.value.ClosureValue;
import tfl.interpreter.value.RecordValue;
import tfl.interpreter.value.StructValue;
import tfl.interpreter.value.TupleValue;
import tfl.tensor.TensorValue;

/** Values as nestings of tuples, records, structs and closures with atoms inside. */
final class Structure {
    private Structure() {}

    /** The same nesting with every atom, whatever its kind, changed; the value itself where none does. */
    static Object map(Object value, UnaryOperator<Object> change) {
        return switch (value) {
            case TupleValue tuple -> changed(tuple, tuple.toArray(), change, TupleValue::new);
            case RecordValue record -> changed(record, record.toArray(), change, record::withAll);
            case StructValue struct -> changed(struct, struct.toArray(), change, struct::withAll);
            case ClosureValue closure -> {
                var captured = new Object[closure.captures()];
                for (int k = 0; k < captured.length; k++) {
                    captured[k] = closure.captured(k);
                }
                yield changed(closure, captured, change, closure::withCaptured);
            }
            case DeferredText text -> ((DeferredText) changed(text, text.values().clone(), change, text::with))
                    .settled();
            case null, default -> change.apply(value);
        };
    }

    private static Object changed(Object value, Object[] parts, UnaryOperator<Object> change,
            Function<Object[], Object> with) {
        boolean same = true;
        for (int k = 0; k < parts.length; k++) {
            var before = parts[k];
            parts[k] = before == null ? null : map(before, change);
            same &= parts[k] == before;
        }
        return same ? value : with.apply(parts);
    }

    /** The same, also within functions that hold values of that sort: {@code grad(f)}, {@code s.method} and such. */
    static Object mapDeep(Object value, Predicate<TensorValue> sort, UnaryOperator<Object> change) {
        return map(value, atom -> holds(atom, sort) ? MadeFunctions.remade(atom, part -> mapDeep(part, sort, change))
                : change.apply(atom));
    }

    private static boolean holds(Object atom, Predicate<TensorValue> sort) {
        for (var part : MadeFunctions.parts(atom)) {
            boolean[] found = {false};
            map(part, inner -> {
                found[0] |= inner instanceof TensorValue tensor ? sort.test(tensor) : holds(inner, sort);
                return inner;
            });
            if (found[0]) {
                return true;
            }
        }
        return false;
    }
}

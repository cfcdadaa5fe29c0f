package tfl.interpreter.transform;

import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tfl.interpreter.builtin.MadeFunctions;
import tfl.interpreter.value.BoundFunction;
import tfl.interpreter.value.CaptureNames;
import tfl.interpreter.value.ClosureValue;
import tfl.interpreter.value.FieldsValue;
import tfl.interpreter.value.TupleValue;
import tfl.tensor.TensorValue;
import tfl.transform.Lifted;

/** What a program calls the values that a function captured, such as {@code rate} or {@code model.layers[0].w}. */
final class CapturedNames {
    private CapturedNames() {}

    /** The name of that value, empty if the function knows it by none. */
    static String of(Object function, TensorValue value) {
        return find("", function, value).findFirst().orElse("");
    }

    private static Stream<String> find(String name, Object within, TensorValue value) {
        return switch (within) {
            case TensorValue tensor -> Lifted.areSame(tensor, value) ? Stream.of(name) : Stream.of();
            case ClosureValue closure -> {
                var names = CaptureNames.of(closure);
                yield each(names.size(), k -> find(names.get(k), closure.captured(k), value));
            }
            case BoundFunction bound -> Stream.concat(find(name, bound.function(), value),
                    find("self", bound.first(), value));
            case FieldsValue fields -> each(fields.size(), k -> find((name.isEmpty() ? "self" : name) + "."
                    + fields.layout().name(k), fields.get(k), value));
            case TupleValue tuple -> each(tuple.size(), k -> find(name + "[" + k + "]", tuple.get(k), value));
            case null, default -> Stream.of(MadeFunctions.parts(within)).flatMap(part -> find(name, part, value));
        };
    }

    private static Stream<String> each(int count, IntFunction<Stream<String>> names) {
        return IntStream.range(0, count).mapToObj(names).flatMap(each -> each);
    }
}

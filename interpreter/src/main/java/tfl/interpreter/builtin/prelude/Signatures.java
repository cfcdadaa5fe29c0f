package tfl.interpreter.builtin.prelude;

import java.util.ArrayList;
import tfl.interpreter.builtin.BuiltinFunction;
import tfl.interpreter.builtin.Wrapping;
import tfl.interpreter.builtin.table.Call;
import tfl.interpreter.value.BoundFunction;
import tfl.interpreter.value.FunctionValue;
import tfl.interpreter.value.None;
import tfl.interpreter.value.RecordLayout;
import tfl.interpreter.value.RecordValue;
import tfl.interpreter.value.Signature;
import tfl.interpreter.value.StructType;
import tfl.interpreter.value.StructValue;
import tfl.interpreter.value.TupleValue;

/** What a callable value says of its parameters. */
final class Signatures {
    private static final RecordLayout LAYOUT = RecordLayout.of("name", "parameters", "required");

    private Signatures() {}

    /** The record {@code {name, parameters, required}} of the first argument. */
    static RecordValue of(Call call) {
        return of(call, call.value(0), 0, null);
    }

    /** @param bound how many parameters in front have their arguments already */
    private static RecordValue of(Call call, Object value, int bound, String name) {
        return switch (value) {
            case BuiltinFunction function when function.builtin().body() instanceof Wrapping wrapping ->
                of(call, wrapping.wrapped(), bound, name);
            case FunctionValue function -> record(name == null ? function.name() : name, function.signature(), bound);
            case BoundFunction function -> of(call, function.function(), bound + 1, name);
            case StructType type -> of(call, type.constructor(), bound, type.name());
            case StructValue struct when struct.type().method("call") != null ->
                of(call, struct.type().method("call"), bound + 1, struct.type().name());
            case null, default -> throw call.wrong(0, "a function");
        };
    }

    private static RecordValue record(String name, Signature signature, int bound) {
        var names = new ArrayList<Object>();
        long required = 0;
        for (var parameter : signature.parameters().subList(Math.min(bound, signature.size()), signature.size())) {
            required += parameter.required() ? 1 : 0;
            names.add(switch (parameter.kind()) {
                case REST -> "*" + parameter.name();
                case OPTIONS -> "**" + parameter.name();
                case PLAIN, KEYWORD_ONLY -> parameter.name() == null ? None.NONE : parameter.name();
            });
        }
        return new RecordValue(LAYOUT, new Object[] {name, new TupleValue(names.toArray()), required});
    }
}

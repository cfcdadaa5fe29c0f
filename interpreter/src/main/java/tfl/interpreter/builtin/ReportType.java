package tfl.interpreter.builtin;

import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import tfl.interpreter.value.FieldsValue;
import tfl.interpreter.value.FunctionValue;
import tfl.interpreter.value.RecordLayout;
import tfl.interpreter.value.StructType;
import tfl.interpreter.value.StructValue;

/** The types of reports: structs that print as their first field, {@code text}, and have the others for programs. */
public final class ReportType {
    private ReportType() {}

    /** One of that name. */
    public static StructType of(String name, String doc, String... fields) {
        var all = Stream.concat(Stream.of("text"), Stream.of(fields)).toArray(String[]::new);
        var type = new StructType(name, RecordLayout.of(all), Set.of(), doc);
        FunctionValue constructor = new BuiltinFunction(Builtin.of("prelude", name, String.join(", ", all), doc,
                (context, values) -> new StructValue(type, values.clone())));
        FunctionValue show = new BuiltinFunction(Builtin.of("prelude", "show", "self", "The report.",
                (context, values) -> ((FieldsValue) values[0]).get(0)));
        type.complete(constructor, Map.of("show", show));
        return type;
    }
}

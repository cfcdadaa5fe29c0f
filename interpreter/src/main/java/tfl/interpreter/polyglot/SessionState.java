package tfl.interpreter.polyglot;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import tfl.interpreter.TflContext;
import tfl.interpreter.builtin.module.Generator;
import tfl.interpreter.builtin.tensor.Properties;
import tfl.interpreter.builtin.text.Kinds;
import tfl.interpreter.builtin.text.ValueText;
import tfl.interpreter.node.variable.ModuleScope;
import tfl.interpreter.translate.Modules;
import tfl.interpreter.value.FieldsValue;
import tfl.interpreter.value.Holding;
import tfl.interpreter.value.None;
import tfl.interpreter.value.RecordValue;
import tfl.interpreter.value.TupleValue;
import tfl.tensor.OutOfTensorMemory;
import tfl.tensor.TensorValue;

/** What a session remembers from input to input. */
final class SessionState {
    private static final String LAST = "ans";
    private final ModuleScope module;
    private final Generator generator;

    SessionState(TflContext session) {
        this.generator = Generator.of(session);
        this.module = Modules.of(session).main();
    }

    /** A row for each variable and definition. */
    Object variables() {
        var rows = new ArrayList<Object>();
        for (var name : module.variableNames()) {
            rows.add(row(name, "variable", module.variable(name).value()));
        }
        for (var name : module.definitionNames()) {
            rows.add(row(name, "definition", module.definition(name).value()));
        }
        return new TupleValue(rows.toArray());
    }

    private static RecordValue row(String name, String kind, Object value) {
        long bytes = bytes(value);
        var row = new LinkedHashMap<String, Object>();
        row.put("name", name);
        row.put("kind", kind);
        row.put("type", Kinds.of(value));
        boolean isTensor = value instanceof TensorValue;
        row.put("shape", isTensor ? ValueText.inline(Properties.get((TensorValue) value, "shape")) : None.NONE);
        row.put("dtype", isTensor ? ((TensorValue) value).type().dtype().toString() : None.NONE);
        row.put("bytes", bytes == 0 ? None.NONE : OutOfTensorMemory.bytes(bytes));
        row.put("device", isTensor ? Properties.get((TensorValue) value, "device") : None.NONE);
        return RecordValue.of(row);
    }

    private static long bytes(Object value) {
        return switch (value) {
            case TensorValue tensor -> tensor.type().bytes();
            case TupleValue tuple -> sum(tuple.toArray());
            case FieldsValue fields -> sum(fields.toArray());
            default -> 0;
        };
    }

    private static long sum(Object[] parts) {
        long sum = 0;
        for (var part : parts) {
            sum += bytes(part);
        }
        return sum;
    }

    /**
     * All names with their values, and where the random generator stands, to come back to; values are immutable, so
     * this copies nothing.
     */
    Object snapshot() {
        var draws = generator.progress();
        return new TupleValue(new Object[] {fields(true), fields(false), draws.key(), draws.block()});
    }

    private RecordValue fields(boolean variables) {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (var name : variables ? module.variableNames() : module.definitionNames()) {
            fields.put(name, variables ? module.variable(name).value() : module.definition(name).value());
        }
        return RecordValue.of(fields);
    }

    /** Whether any name has another value than in a snapshot. */
    Object hasChanged(Object snapshot) {
        var parts = (TupleValue) snapshot;
        return differ((RecordValue) parts.get(0), fields(true)) || differ((RecordValue) parts.get(1), fields(false));
    }

    private static boolean differ(RecordValue before, RecordValue now) {
        if (!before.layout().names().equals(now.layout().names())) {
            return true;
        }
        for (int i = 0; i < now.size(); i++) {
            Object old = before.get(i);
            if (old != now.get(i) && !(old instanceof Number && old.equals(now.get(i)))) {
                return true;
            }
        }
        return false;
    }

    /** Back to a snapshot. */
    Object restore(Object snapshot) {
        Holding.pin(snapshot);
        var parts = (TupleValue) snapshot;
        reset();
        var variables = (RecordValue) parts.get(0);
        for (int i = 0; i < variables.size(); i++) {
            module.variable(variables.layout().name(i)).set(variables.get(i));
        }
        var definitions = (RecordValue) parts.get(1);
        for (int i = 0; i < definitions.size(); i++) {
            module.definition(definitions.layout().name(i)).set(definitions.get(i));
        }
        generator.start((Long) parts.get(2), (Long) parts.get(3));
        return None.NONE;
    }

    Object drop(String name) {
        module.drop(name);
        return None.NONE;
    }

    /** Forgets everything. */
    Object reset() {
        module.variableNames().forEach(module::drop);
        module.definitionNames().forEach(module::drop);
        return None.NONE;
    }

    /** Binds {@code ans} to the value of the last input, unless that was none. */
    Object setLast(Object value) {
        if (value != None.NONE) {
            module.variable(LAST).set(value);
        }
        return None.NONE;
    }

    /** Binds a variable to a value from outside. */
    Object setVariable(String name, Object value) {
        Holding.pin(value);
        module.variable(name).set(value);
        return None.NONE;
    }
}

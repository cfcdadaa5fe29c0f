package tfl.interpreter.polyglot;

import java.util.LinkedHashMap;
import java.util.Map;
import tfl.interpreter.TflContext;
import tfl.interpreter.builtin.module.Generator;
import tfl.interpreter.node.variable.ModuleScope;
import tfl.interpreter.translate.Modules;
import tfl.interpreter.value.ModuleValue;
import tfl.interpreter.value.None;
import tfl.interpreter.value.RecordValue;
import tfl.interpreter.value.TupleValue;

/** What a notebook asks and sets to know which cells go with which. */
final class CellState {
    private final Modules modules;
    private final ModuleScope module;
    private final TflContext session;

    CellState(TflContext session) {
        this.session = session;
        this.modules = Modules.of(session);
        this.module = modules.main();
    }

    /**
     * What a name of the session stands for: {@code value}; {@code kind}, which is {@code definition}, {@code
     * variable} or {@code none}; {@code writes}, a number that grows when a definition is made again; and whether the
     * value is a module.
     */
    Object binding(String name) {
        Map<String, Object> fields = new LinkedHashMap<>();
        boolean definition = module.definition(name).value() != null;
        Object value = definition ? module.definition(name).value() : module.variable(name).value();
        fields.put("value", value == null ? None.NONE : value);
        fields.put("kind", definition ? "definition" : value == null ? "none" : "variable");
        fields.put("writes", module.definition(name).writes());
        fields.put("module", value instanceof ModuleValue);
        return RecordValue.of(fields);
    }

    /** Binds a name as a definition or as a variable. */
    Object bind(String name, boolean definition, Object value) {
        if (definition) {
            module.definition(name).set(value);
        } else {
            module.definition(name).set(null);
            module.variable(name).set(value);
        }
        return None.NONE;
    }

    /** The names that the functions in a value look up when they are called; none if that cannot be known. */
    Object live(Object value) {
        var names = LiveNames.of(value, modules);
        return names == null ? None.NONE : new TupleValue(names.toArray());
    }

    /** Where the random generator stands, and what it did since it was last set. */
    Object generator() {
        var now = generatorOfSession().progress();
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("key", now.key());
        fields.put("block", now.block());
        fields.put("drawn", now.drawn());
        fields.put("moved", now.moved());
        return RecordValue.of(fields);
    }

    Object setGenerator(long key, long block) {
        generatorOfSession().start(key, block);
        return None.NONE;
    }

    private Generator generatorOfSession() {
        return Generator.of(session);
    }
}

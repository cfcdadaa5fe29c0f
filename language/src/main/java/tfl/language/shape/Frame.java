package tfl.language.shape;

import java.util.HashMap;
import java.util.Map;
import tfl.language.ast.Function;
import tfl.language.resolve.Scope;

/** The variables of one function, or of the module, while the walk is in it. */
final class Frame {
    final Scope scope;
    final Function function;
    final Map<String, Value> captured;
    Map<String, Value> variables = new HashMap<>();
    /** What return statements gave; null if there was none. */
    Value returned;
    /** Whether the rest of the function may not be reached. */
    boolean mayHaveLeft;

    Frame(Scope scope, Function function, Map<String, Value> captured) {
        this.scope = scope;
        this.function = function;
        this.captured = captured;
    }

    Value get(String name, int slot) {
        boolean isCaptured = scope.captures().stream().anyMatch(each -> each.inner() == slot);
        return (isCaptured ? captured : variables).getOrDefault(name, Value.UNKNOWN);
    }

    void set(String name, Value value) {
        variables.put(name, value);
    }

    void forget(Iterable<String> names) {
        names.forEach(name -> variables.put(name, Value.UNKNOWN));
    }

    Map<String, Value> copy() {
        return new HashMap<>(variables);
    }

    /** What is sure after either of two ways was gone. */
    static Map<String, Value> join(Map<String, Value> a, Map<String, Value> b) {
        var joined = new HashMap<String, Value>();
        a.forEach((name, value) -> joined.put(name, b.containsKey(name) ? Value.join(value, b.get(name))
                : Value.UNKNOWN));
        b.keySet().forEach(name -> joined.putIfAbsent(name, Value.UNKNOWN));
        return joined;
    }

    void returns(Value value) {
        returned = returned == null ? value : Value.join(returned, value);
    }
}

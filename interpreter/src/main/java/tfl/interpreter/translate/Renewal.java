package tfl.interpreter.translate;

import java.util.IdentityHashMap;
import java.util.Map;
import tfl.interpreter.node.variable.ModuleScope;
import tfl.interpreter.value.ClosureValue;
import tfl.interpreter.value.FunctionValue;
import tfl.interpreter.value.StructType;

/** Puts new functions and types in the place of old ones: in variables, and in what functions have captured. */
final class Renewal {
    private final Map<Object, Object> replaced = new IdentityHashMap<>();

    /** @param replaced new values by old ones, told apart by identity */
    Renewal(Map<Object, Object> replaced) {
        replaced.forEach((old, now) -> {
            if (old instanceof FunctionValue || old instanceof StructType) {
                this.replaced.put(old, now);
            }
        });
    }

    void in(ModuleScope module) {
        if (replaced.isEmpty()) {
            return;
        }
        for (var name : module.variableNames()) {
            var variable = module.variable(name);
            Object now = renewed(variable.value());
            if (now != variable.value()) {
                variable.set(now);
            }
        }
        for (var name : module.definitionNames()) {
            var cell = module.definition(name);
            Object now = renewed(cell.value());
            if (now != cell.value()) {
                cell.set(now);
            }
        }
    }

    private Object renewed(Object value) {
        Object known = replaced.get(value);
        if (known != null) {
            return known;
        }
        if (!(value instanceof ClosureValue closure)) {
            return value;
        }
        var captured = new Object[closure.captures()];
        boolean changed = false;
        for (int i = 0; i < captured.length; i++) {
            Object old = closure.captured(i);
            // A function may capture itself, or a type that captures its own methods: only what is replaced counts.
            captured[i] = replaced.getOrDefault(old, old);
            changed |= captured[i] != old;
        }
        if (!changed) {
            return value;
        }
        var now = closure.withCaptured(captured);
        replaced.put(value, now);
        return now;
    }
}

package tfl.interpreter.translate;

import java.util.IdentityHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import tfl.interpreter.builtin.BuiltinFunction;
import tfl.interpreter.builtin.MadeFunctions;
import tfl.interpreter.node.variable.ModuleScope;
import tfl.interpreter.value.ClosureValue;
import tfl.interpreter.value.FunctionValue;
import tfl.interpreter.value.StructType;

/**
 * Puts new functions and types in the place of old ones: in variables, in what functions have captured, and in what
 * {@code graph} and its kin have made of them.
 */
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
        return switch (value) {
            case ClosureValue closure -> renewed(closure);
            case BuiltinFunction made -> remade(made, this::renewed);
            case null, default -> value;
        };
    }

    private Object renewed(ClosureValue closure) {
        var captured = new Object[closure.captures()];
        boolean changed = false;
        for (int i = 0; i < captured.length; i++) {
            Object old = closure.captured(i);
            // A function may capture itself, or a type that captures its own methods: only what is replaced counts.
            captured[i] = replacement(old);
            changed |= captured[i] != old;
        }
        if (!changed) {
            return closure;
        }
        var now = closure.withCaptured(captured);
        replaced.put(closure, now);
        return now;
    }

    private Object replacement(Object value) {
        Object known = replaced.get(value);
        if (known != null) {
            return known;
        }
        return value instanceof BuiltinFunction made ? remade(made, this::replacement) : value;
    }

    /** What a transformation made, made again of the functions that are in the place of those inside. */
    private Object remade(BuiltinFunction made, UnaryOperator<Object> others) {
        Object now = MadeFunctions.remade(made, others);
        if (now != made) {
            replaced.put(made, now);
        }
        return now;
    }
}

package tfl.interpreter.builtin;

import java.util.Arrays;
import java.util.function.UnaryOperator;
import tfl.interpreter.value.BoundFunction;

/** Functions that hold values which they did not capture: methods of a value, and what transformations make. */
public final class MadeFunctions {
    private static final Object[] NOTHING = {};

    private MadeFunctions() {}

    /** What it was made of; nothing, if it is no such function. */
    public static Object[] parts(Object value) {
        return switch (value) {
            case BoundFunction(Object function, Object first) -> new Object[] {function, first};
            case BuiltinFunction function when function.builtin().body() instanceof Derived derived -> derived.parts();
            case null, default -> NOTHING;
        };
    }

    /** The same made of others, which are given for its parts; itself where those are the same. */
    public static Object remade(Object value, UnaryOperator<Object> others) {
        var parts = parts(value);
        var now = Arrays.stream(parts).map(others).toArray();
        for (int k = 0; k < parts.length; k++) {
            if (now[k] != parts[k]) {
                return value instanceof BuiltinFunction function && function.builtin().body() instanceof Derived derived
                        ? derived.remade(now) : new BoundFunction(now[0], now[1]);
            }
        }
        return value;
    }
}

package tfl.interpreter.node.call;

import tfl.interpreter.builtin.Rebound;

/**
 * Which arguments of a call are variables that its statement binds again, as {@code p} in {@code p, loss = step(p, x)}.
 *
 * @param arguments their positions
 * @param parts as in {@link Rebound}
 */
public record Rebinding(int[] arguments, int parts) {
    Rebound of(Object[] values) {
        var own = new Object[arguments.length];
        for (int k = 0; k < own.length; k++) {
            own[k] = values[arguments[k]];
        }
        return new Rebound(own, parts);
    }
}

package tfl.interpreter.node.call;

import java.util.Arrays;
import tfl.interpreter.builtin.Rebound;

/**
 * Which arguments of a call are variables that its statement binds again, as {@code p} in {@code p, loss = step(p, x)}.
 *
 * @param arguments their positions; a receiver comes first
 * @param parts as in {@link Rebound}
 */
public record Rebinding(int[] arguments, int parts) {
    /** The same for a function that does not get the receiver. */
    Rebinding withoutReceiver() {
        int[] others = Arrays.stream(arguments).filter(place -> place > 0).map(place -> place - 1).toArray();
        return new Rebinding(others, parts);
    }

    Rebound of(Object[] values) {
        var own = new Object[arguments.length];
        for (int k = 0; k < own.length; k++) {
            own[k] = values[arguments[k]];
        }
        return new Rebound(own, parts);
    }
}

package tfl.interpreter.transform;

import tfl.interpreter.ErrorKind;
import tfl.interpreter.TflException;
import tfl.interpreter.builtin.text.Kinds;

/** Options of the transformations, checked. */
final class Arguments {
    private Arguments() {}

    static int small(String name, Object value) {
        if (value instanceof Long number && Math.abs(number) < 1000) {
            return (int) (long) number;
        }
        throw unfit(name, "a small int", value);
    }

    static boolean truth(String name, Object value) {
        if (value instanceof Boolean truth) {
            return truth;
        }
        throw unfit(name, "a bool", value);
    }

    private static TflException unfit(String name, String wanted, Object value) {
        return TflException.of(ErrorKind.TYPE, "TFL-E0276", name + " must be " + wanted + ", it is "
                + Kinds.describe(value), null);
    }
}

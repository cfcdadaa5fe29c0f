package tfl.interpreter.transform;

import tfl.interpreter.ErrorKind;
import tfl.interpreter.TflException;
import tfl.interpreter.builtin.Calls;
import tfl.interpreter.builtin.tensor.Execution;
import tfl.interpreter.builtin.text.Kinds;
import tfl.interpreter.value.None;

/** Options of transformations and measurements, checked. */
public final class Arguments {
    private Arguments() {}

    /** The value, if it can be called. */
    public static Object function(String name, Object value) {
        if (Calls.isCallable(value)) {
            return value;
        }
        throw unfit(name, "a function", value);
    }

    static int small(String name, Object value) {
        if (value instanceof Long number && Math.abs(number) < 1000) {
            return (int) (long) number;
        }
        throw unfit(name, "a small int", value);
    }

    /** The value of a flag. */
    public static boolean truth(String name, Object value) {
        if (value instanceof Boolean truth) {
            return truth;
        }
        throw unfit(name, "a bool", value);
    }

    /** A number of seconds and the like. */
    public static double positive(String name, Object value) {
        double number = value instanceof Long whole ? whole : value instanceof Double real ? real : 0;
        if (number > 0 && number < 1e6) {
            return number;
        }
        throw unfit(name, "a positive number", value);
    }

    /** A number of things. */
    public static long count(String name, Object value) {
        if (value instanceof Long number && number > 0) {
            return number;
        }
        throw unfit(name, "a positive int", value);
    }

    /** The function, if there is such a device; none is the one there is. */
    static Object onDevice(Object function, Object device) {
        String own = Execution.ops().backend().device();
        if (device == None.NONE || own.equals(device) || (own + ":0").equals(device)) {
            return function;
        }
        throw TflException.of(ErrorKind.VALUE, "TFL-E0276", "there is no device "
                + (device instanceof String name ? "\"" + name + "\"" : Kinds.describe(device)),
                "this machine has: " + own);
    }

    private static TflException unfit(String name, String wanted, Object value) {
        return TflException.of(ErrorKind.TYPE, "TFL-E0276", name + " must be " + wanted + ", it is "
                + Kinds.describe(value), null);
    }
}

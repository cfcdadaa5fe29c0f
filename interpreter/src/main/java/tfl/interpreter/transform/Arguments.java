package tfl.interpreter.transform;

import tfl.interpreter.ErrorKind;
import tfl.interpreter.TflException;
import tfl.interpreter.builtin.Calls;
import tfl.interpreter.builtin.tensor.Devices;
import tfl.interpreter.builtin.text.Kinds;

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

    static int small(String name, String wanted, Object value) {
        if (value instanceof Long number && Math.abs(number) < 1000) {
            return (int) (long) number;
        }
        throw unfit(name, wanted, value);
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

    /** The name of a device that there is. */
    static String device(String function, Object value) {
        if (!(value instanceof String name)) {
            throw unfit("device", "a str", value);
        }
        Devices.require(function, name);
        return name;
    }

    private static TflException unfit(String name, String wanted, Object value) {
        return TflException.of(ErrorKind.TYPE, "TFL-E0276", name + " must be " + wanted + ", it is "
                + Kinds.describe(value), null);
    }
}

package tfl.stdlib.data;

import tfl.interpreter.value.None;
import tfl.interpreter.value.RecordValue;
import tfl.interpreter.value.TupleValue;

/** Reads plans and places, and says what is wrong with them. */
final class Parameters {
    private final RecordValue plan;

    Parameters(RecordValue plan) {
        this.plan = plan;
    }

    String step() {
        return (String) plan.find("step");
    }

    Object get(String name) {
        return plan.find(name);
    }

    RecordValue source() {
        return (RecordValue) plan.find("of");
    }

    /** A whole number of at least {@code least}. */
    int count(String name, long least) {
        if (plan.find(name) instanceof Long number && number >= least && number <= Integer.MAX_VALUE) {
            return number.intValue();
        }
        throw DataErrors.argument(step() + ": " + name + " is an int of at least " + least + ", not "
                + shown(plan.find(name)), null);
    }

    /** The same, or none; then -1. */
    long countOrNone(String name, long least) {
        return plan.find(name) == None.NONE ? -1 : count(name, least);
    }

    /** A whole number of at least 1, or {@code "auto"}; then 0. */
    int countOrAuto(String name) {
        if ("auto".equals(plan.find(name))) {
            return 0;
        }
        if (plan.find(name) instanceof Long number && number >= 1 && number <= 1024) {
            return number.intValue();
        }
        throw DataErrors.argument(step() + ": " + name + " is an int from 1 to 1024 or \"auto\", not "
                + shown(plan.find(name)), null);
    }

    boolean flag(String name) {
        return plan.find(name) == Boolean.TRUE;
    }

    double real(String name) {
        return switch (plan.find(name)) {
            case Double number -> number;
            case Long number -> number;
            default -> throw DataErrors.argument(step() + ": " + name + " is a number, not "
                    + shown(plan.find(name)), null);
        };
    }

    static String shown(Object value) {
        return switch (value) {
            case String text -> "\"" + text + "\"";
            case Long number -> number.toString();
            case Double number -> number.toString();
            case null, default -> value == None.NONE ? "none" : "a value of another kind";
        };
    }

    // Places. None stands for the start.

    static boolean isStart(Object place) {
        return place == null || place == None.NONE;
    }

    static long number(Object place) {
        if (isStart(place)) {
            return 0;
        }
        if (place instanceof Long number && number >= 0) {
            return number;
        }
        throw malformed();
    }

    /** A part of a place that is a tuple; null at the start. */
    static Object part(Object place, int index) {
        if (isStart(place)) {
            return null;
        }
        if (place instanceof TupleValue tuple && index < tuple.size()) {
            return tuple.get(index);
        }
        throw malformed();
    }

    static Object[] parts(Object place) {
        if (place instanceof TupleValue tuple) {
            return tuple.toArray();
        }
        throw malformed();
    }

    static RuntimeException malformed() {
        return DataErrors.position("this is no position of such a stream");
    }
}

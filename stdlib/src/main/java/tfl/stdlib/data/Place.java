package tfl.stdlib.data;

import tfl.interpreter.value.TupleValue;

/** Where a stage stands between two elements. Immutable, and made into a plain value only when somebody asks. */
interface Place {
    /** The place as a value of ints, strings, tuples and none. */
    Object plain();

    /** A place that is one number. */
    static Place of(long index) {
        return () -> index;
    }

    /** A place that is another one and a number. */
    static Place of(Place up, long number) {
        return () -> TupleValue.of(up.plain(), number);
    }
}

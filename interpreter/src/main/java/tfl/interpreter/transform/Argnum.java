package tfl.interpreter.transform;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tfl.interpreter.ErrorKind;
import tfl.interpreter.TflException;
import tfl.interpreter.value.TupleValue;

/**
 * By which positional arguments a derivative is taken: by one, or by several, for which their tuple stands.
 *
 * @param numbers from the front, or below 0 from the end
 * @param isTuple whether they were given as a tuple
 */
record Argnum(List<Integer> numbers, boolean isTuple) {
    static Argnum of(Object value) {
        if (!(value instanceof TupleValue tuple)) {
            return new Argnum(List.of(Arguments.small("argnum", "a small int or a tuple of small ints", value)), false);
        }
        if (tuple.size() == 0) {
            throw TflException.of(ErrorKind.VALUE, "TFL-E0276", "argnum must choose an argument, it is ()", null);
        }
        return new Argnum(Arrays.stream(tuple.toArray())
                .map(each -> Arguments.small("each of argnum", "a small int", each)).toList(), true);
    }

    /** What the derivative is taken by. */
    Object chosen(Object[] arguments) {
        var places = places(arguments);
        return isTuple ? TupleValue.of(Arrays.stream(places).mapToObj(place -> arguments[place]).toArray())
                : arguments[places[0]];
    }

    /** The arguments with another value for what was chosen. */
    Object[] with(Object[] arguments, Object other) {
        var all = arguments.clone();
        var places = places(arguments);
        for (int k = 0; k < places.length; k++) {
            all[places[k]] = isTuple ? ((TupleValue) other).get(k) : other;
        }
        return all;
    }

    private int[] places(Object[] arguments) {
        var places = numbers.stream().mapToInt(number -> place(number, arguments.length)).toArray();
        if (IntStream.of(places).distinct().count() < places.length) {
            throw TflException.of(ErrorKind.ARGUMENT, "TFL-E0270", "argnum=" + text() + " chooses an argument of "
                    + arguments.length + " twice", null);
        }
        return places;
    }

    private static int place(int number, int count) {
        int place = number < 0 ? number + count : number;
        if (place < 0 || place >= count) {
            throw TflException.of(ErrorKind.ARGUMENT, "TFL-E0270", "argument " + number
                    + " is to be differentiated, and " + count + " are given by position", "argnum counts from 0");
        }
        return place;
    }

    /** As it is written. */
    String text() {
        var all = numbers.stream().map(String::valueOf).collect(Collectors.joining(", "));
        return !isTuple ? all : numbers.size() == 1 ? "(" + all + ",)" : "(" + all + ")";
    }
}

package tfl.backend.llvm;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

/**
 * Nested loops over some axes, walked as runs along the innermost one: the axes' sizes, and for each operand
 * its strides. Positions count elements in row-major order, so that any range of them can be given to a
 * thread.
 */
final class Nest {
    private final Code code;
    private final List<String> sizes;
    private final List<List<String>> strides;

    Nest(Code code, List<String> sizes, List<List<String>> strides) {
        this.code = code;
        this.sizes = sizes;
        this.strides = strides;
    }

    /**
     * Reads sizes, then each operand's strides; the innermost stride is a constant where the case says so.
     */
    static Nest read(Code code, Arguments arguments, int rank, List<InnerStride> inner) {
        var sizes = arguments.numbers(rank);
        var strides = new ArrayList<List<String>>();
        for (var kind : inner) {
            var all = arguments.numbers(rank);
            if (rank > 0 && kind != InnerStride.STRIDED) {
                all.set(rank - 1, kind == InnerStride.DENSE ? "1" : "0");
            }
            strides.add(all);
        }
        return new Nest(code, sizes, strides);
    }

    /**
     * Where a run begins: its position, its length, each operand's offset there, and the coordinates of its
     * start.
     */
    record Run(String position, String length, List<String> offsets, List<String> coordinates) {}

    int rank() {
        return sizes.size();
    }

    String size(int axis) {
        return sizes.get(axis);
    }

    String innerStride(int operand) {
        return strides.get(operand).get(rank() - 1);
    }

    /** Runs from position {@code begin} to before {@code end}, with values that go from run to run. */
    List<String> walk(String begin, String end, List<Code.Carried> carried,
            BiFunction<Run, List<String>, List<String>> body) {
        if (rank() == 1) {
            var length = code.emit("sub i64 " + end + ", " + begin);
            return body.apply(run(begin, length, List.of(begin)), carried.stream().map(Code.Carried::initial)
                    .toList());
        }
        return code.rounds(begin, end, carried, () -> "", (position, values) -> {
            var coordinates = coordinates(position);
            var left = code.emit("sub i64 " + sizes.getLast() + ", " + coordinates.getLast());
            var length = code.minimum(left, code.emit("sub i64 " + end + ", " + position));
            var results = body.apply(run(position, length, coordinates), values);
            return new Code.Round(code.emit("add nsw i64 " + position + ", " + length), results);
        });
    }

    /** The offset of each operand at a position; 0 for a nest of no axes. */
    List<String> offsets(String position) {
        return run(position, "", coordinates(position)).offsets();
    }

    private Run run(String position, String length, List<String> coordinates) {
        var offsets = strides.stream().map(each -> offset(coordinates, each)).toList();
        return new Run(position, length, offsets, coordinates);
    }

    /** The coordinates of a position, outermost first. */
    List<String> coordinates(String position) {
        var coordinates = new ArrayList<String>();
        var rest = position;
        for (int axis = rank() - 1; axis > 0; axis--) {
            var quotient = code.emit("udiv i64 " + rest + ", " + sizes.get(axis));
            var product = code.emit("mul i64 " + quotient + ", " + sizes.get(axis));
            coordinates.addFirst(code.emit("sub i64 " + rest + ", " + product));
            rest = quotient;
        }
        if (rank() > 0) {
            coordinates.addFirst(rest);
        }
        return coordinates;
    }

    private String offset(List<String> coordinates, List<String> steps) {
        var sum = "0";
        for (int axis = 0; axis < coordinates.size(); axis++) {
            sum = code.integer("add", sum, code.integer("mul", coordinates.get(axis), steps.get(axis)));
        }
        return sum;
    }
}

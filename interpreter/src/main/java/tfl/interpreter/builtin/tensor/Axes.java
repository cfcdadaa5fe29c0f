package tfl.interpreter.builtin.tensor;

import java.util.Arrays;
import java.util.stream.IntStream;
import tfl.primitive.ShapeProblem;

/** Axes as users give them: negative ones count from the end. */
public final class Axes {
    private Axes() {}

    /** The axis counted from the front. */
    public static int normal(long axis, int rank, String operand) {
        if (axis < -rank || axis >= rank) {
            String has = rank == 0 ? " is a scalar and has no axes"
                    : " has " + rank + (rank == 1 ? " axis" : " axes");
            throw new ShapeProblem("TFL-E0304", "axis " + axis + " is out of range: " + operand + has,
                    rank == 0 ? null : "axes go from " + -rank + " to " + (rank - 1));
        }
        return (int) (axis < 0 ? axis + rank : axis);
    }

    /** Distinct axes, counted from the front, ascending. */
    public static int[] normal(long[] axes, int rank, String operand) {
        var normal = Arrays.stream(axes).mapToInt(axis -> normal(axis, rank, operand)).sorted().toArray();
        for (int i = 1; i < normal.length; i++) {
            if (normal[i] == normal[i - 1]) {
                throw new ShapeProblem("TFL-E0304", "axis " + normal[i] + " is named twice", null);
            }
        }
        return normal;
    }

    /** Every axis of that rank. */
    public static int[] all(int rank) {
        return IntStream.range(0, rank).toArray();
    }
}

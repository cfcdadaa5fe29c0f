package tfl.interpreter.builtin.tensor;

import tfl.primitive.ShapeProblem;
import tfl.tensor.Shape;

/** NumPy's broadcasting: shapes meet from their last axis on, sizes are equal or one of them is 1. */
public final class Broadcast {
    private Broadcast() {}

    /**
     * The shape in which both meet.
     *
     * @throws ShapeProblem if they do not; its operands are the two
     */
    public static Shape of(Shape a, Shape b) {
        if (a.equals(b) || b.rank() == 0) {
            return a;
        }
        if (a.rank() == 0) {
            return b;
        }
        var dims = new long[Math.max(a.rank(), b.rank())];
        for (int back = 1; back <= dims.length; back++) {
            long left = back <= a.rank() ? a.dim(a.rank() - back) : 1;
            long right = back <= b.rank() ? b.dim(b.rank() - back) : 1;
            if (left != right && left != 1 && right != 1) {
                throw new ShapeProblem("TFL-E0302", "the shapes (" + a + ") of {0} and (" + b
                        + ") of {1} do not broadcast: axis -" + back + " is " + left + " in {0} and " + right
                        + " in {1}", help(a, b), "the left operand", "the right operand");
            }
            dims[dims.length - back] = left == 1 ? right : left;
        }
        return Shape.of(dims);
    }

    /** Whether a value of the one shape fills a place of the other, repeated where it has no axis or one of size 1. */
    public static boolean fits(Shape value, Shape place) {
        boolean fits = value.rank() <= place.rank();
        for (int back = 1; fits && back <= value.rank(); back++) {
            long size = value.dim(value.rank() - back);
            fits = size == 1 || size == place.dim(place.rank() - back);
        }
        return fits;
    }

    // One row meets columns where a new last axis would make it fit.
    private static String help(Shape a, Shape b) {
        if (a.rank() == b.rank() + 1 && startsWith(a, b)) {
            return "add an axis to {1}: {1}[..., none]";
        }
        if (b.rank() == a.rank() + 1 && startsWith(b, a)) {
            return "add an axis to {0}: {0}[..., none]";
        }
        return a.rank() == 2 && b.rank() == 2 && a.dim(0) == b.dim(1) && a.dim(1) == b.dim(0)
                ? "transpose one of them: {1}.T" : null;
    }

    private static boolean startsWith(Shape whole, Shape start) {
        for (int axis = 0; axis < start.rank(); axis++) {
            if (whole.dim(axis) != start.dim(axis)) {
                return false;
            }
        }
        return true;
    }
}

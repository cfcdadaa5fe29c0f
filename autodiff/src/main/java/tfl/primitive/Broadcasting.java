package tfl.primitive;

import java.util.ArrayList;
import java.util.List;
import tfl.tensor.Shape;
import tfl.tensor.TensorType;

/** NumPy's broadcasting: shapes meet at their last axes, and an axis of size 1 fits any size. */
public final class Broadcasting {
    private Broadcasting() {}

    /**
     * The shape that both broadcast to.
     *
     * @throws ShapeProblem naming the first axis that does not fit, counted in the result
     */
    public static Shape of(Shape left, Shape right) {
        if (left.equals(right)) {
            return left;
        }
        int rank = Math.max(left.rank(), right.rank());
        var dims = new long[rank];
        for (int axis = 0; axis < rank; axis++) {
            long a = size(left, axis, rank);
            long b = size(right, axis, rank);
            if (a != b && a != 1 && b != 1) {
                throw problem(left, right, axis, a, b);
            }
            dims[axis] = a == 1 ? b : a;
        }
        return Shape.of(dims);
    }

    /** The shape that all broadcast to. */
    public static Shape of(List<Shape> shapes) {
        var shape = Shape.SCALAR;
        for (var each : shapes) {
            shape = of(shape, each);
        }
        return shape;
    }

    private static long size(Shape shape, int axis, int rank) {
        int own = axis - (rank - shape.rank());
        return own < 0 ? 1 : shape.dim(own);
    }

    private static ShapeProblem problem(Shape left, Shape right, int axis, long a, long b) {
        return new ShapeProblem("TFL-E0302", "shapes (" + text(left) + ") and (" + text(right)
                + ") do not broadcast: axis " + axis + " is " + a + " on the left and " + b + " on the right",
                help(left, right), "the left operand", "the right operand");
    }

    /** A missing axis of size 1, or a transposed operand, if that would do. */
    private static String help(Shape left, Shape right) {
        for (boolean first : new boolean[] {false, true}) {
            var small = first ? left : right;
            var large = first ? right : left;
            var marker = first ? "{0}" : "{1}";
            if (small.rank() == 1 && large.rank() >= 2 && large.dim(large.rank() - 2) == small.dim(0)) {
                return "add an axis: " + marker + "[:, none]";
            }
            if (small.rank() == 2 && large.rank() >= 2 && small.dim(0) == large.dim(large.rank() - 1)
                    && small.dim(1) == large.dim(large.rank() - 2)) {
                return "transpose: " + marker + ".mT";
            }
        }
        return null;
    }

    private static String text(Shape shape) {
        return shape.rank() == 1 ? shape + "," : shape.toString();
    }

    /**
     * Applies an elementwise primitive to operands that it brings to one shape first; dtypes are the caller's
     * affair.
     */
    public static <V> V apply(Ops<V> ops, Primitive primitive, List<V> operands) {
        var shape = of(operands.stream().map(operand -> ops.type(operand).shape()).toList());
        var ready = new ArrayList<V>();
        operands.forEach(operand -> ready.add(to(ops, operand, shape)));
        return ops.apply(primitive, ready).getFirst();
    }

    /** The value broadcast to a shape; itself where it has that shape. */
    public static <V> V to(Ops<V> ops, V value, Shape shape) {
        return ops.type(value).shape().equals(shape) ? value : ops.call(new BroadcastTo(shape), value);
    }

    /** The value converted to the type's dtype and broadcast to its shape. */
    public static <V> V to(Ops<V> ops, V value, TensorType type) {
        boolean same = ops.type(value).dtype() == type.dtype();
        return to(ops, same ? value : ops.call(new Cast(type.dtype()), value), type.shape());
    }
}

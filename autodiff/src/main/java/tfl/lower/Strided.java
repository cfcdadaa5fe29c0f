package tfl.lower;

import java.util.Arrays;
import java.util.stream.IntStream;
import tfl.primitive.BroadcastTo;
import tfl.primitive.Primitive;
import tfl.primitive.Reshape;
import tfl.primitive.Slice;
import tfl.primitive.Transpose;
import tfl.tensor.Shape;
import tfl.tensor.Tensor;

/** How a view lies in a dense row-major value: strides and offset in elements. */
record Strided(Shape shape, long[] strides, long offset) {
    static Strided of(Tensor tensor) {
        return new Strided(tensor.shape(), tensor.strides(), tensor.offset());
    }

    static Strided dense(Shape shape) {
        return new Strided(shape, shape.strides(), 0);
    }

    /** The same seen through one more view, or null where elements would not be evenly spaced. */
    Strided through(Primitive move) {
        return switch (move) {
            case BroadcastTo(var to) -> broadcast(to);
            case Transpose(var order) -> new Strided(
                    Shape.of(order.stream().mapToLong(shape::dim).toArray()),
                    order.stream().mapToLong(axis -> strides[axis]).toArray(), offset);
            case Slice slice -> slice(slice);
            case Reshape(var to) -> {
                var regrouped = regrouped(to);
                yield regrouped == null ? null : new Strided(to, regrouped, offset);
            }
            default -> null;
        };
    }

    private Strided broadcast(Shape to) {
        int added = to.rank() - shape.rank();
        var steps = new long[to.rank()];
        for (int axis = 0; axis < shape.rank(); axis++) {
            steps[axis + added] = shape.dim(axis) == 1 && to.dim(axis + added) != 1 ? 0 : strides[axis];
        }
        return new Strided(to, steps, offset);
    }

    private Strided slice(Slice slice) {
        var steps = new long[strides.length];
        long start = offset;
        for (int axis = 0; axis < steps.length; axis++) {
            steps[axis] = strides[axis] * slice.step().get(axis);
            start += slice.count().get(axis) == 0 ? 0 : strides[axis] * slice.start().get(axis);
        }
        return new Strided(Shape.of(slice.count().stream().mapToLong(Long::longValue).toArray()), steps, start);
    }

    /** Groups of old axes meet groups of new axes of the same product; a joined group must be evenly spaced. */
    private long[] regrouped(Shape to) {
        if (to.size() == 0) {
            return to.strides();
        }
        var steps = new long[to.rank()];
        int[] old = IntStream.range(0, shape.rank()).filter(axis -> shape.dim(axis) != 1).toArray();
        int[] fresh = IntStream.range(0, to.rank()).filter(axis -> to.dim(axis) != 1).toArray();
        for (int o = 0, f = 0; o < old.length;) {
            int first = o;
            int start = f;
            long have = shape.dim(old[o++]);
            long want = to.dim(fresh[f++]);
            while (have != want) {
                if (have < want) {
                    have *= shape.dim(old[o++]);
                } else {
                    want *= to.dim(fresh[f++]);
                }
            }
            for (int k = first; k < o - 1; k++) {
                if (strides[old[k]] != shape.dim(old[k + 1]) * strides[old[k + 1]]) {
                    return null;
                }
            }
            long step = strides[old[o - 1]];
            for (int k = f - 1; k >= start; k--) {
                steps[fresh[k]] = step;
                step *= to.dim(fresh[k]);
            }
        }
        return steps;
    }

    /** Whether an axis goes in steps of that stride; one of size one goes nowhere, and so in any. */
    private boolean moves(int axis, long stride) {
        return shape.dim(axis) == 1 || strides[axis] == stride;
    }

    /** Whether what does not repeat lies in row-major order. */
    boolean isStraight() {
        var dense = shape.strides();
        return IntStream.range(0, strides.length).allMatch(axis -> moves(axis, 0) || moves(axis, dense[axis]));
    }

    /** Whether every index reads the same element. */
    boolean isScalar() {
        return IntStream.range(0, strides.length).allMatch(axis -> moves(axis, 0));
    }

    /** Whether the last axis repeats, and the others walk through all elements in row-major order. */
    boolean isRow() {
        int last = strides.length - 1;
        if (last < 0 || offset != 0 || !moves(last, 0)) {
            return false;
        }
        var lead = Shape.of(Arrays.copyOf(shape.dims(), last)).strides();
        return IntStream.range(0, last).allMatch(axis -> moves(axis, lead[axis]));
    }
}

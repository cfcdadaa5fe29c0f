package tfl.primitive;

import java.lang.foreign.ValueLayout;
import java.lang.ref.Reference;
import tfl.tensor.Shape;
import tfl.tensor.Tensor;
import tfl.tensor.TensorType;

/** Looks at index data before a kernel trusts it. */
final class Bounds {
    private Bounds() {}

    static void check(Tensor index, int axis, long size, String kinds) {
        // Where an index array is repeated by zero strides one copy says it all.
        var once = once(index);
        boolean inside = once.isContiguous() && areInside(once, size);
        for (long position = 0; !inside && position < once.size(); position++) {
            long value = once.readLong(position);
            if (value < 0 || value >= size) {
                throw outside(value < 0 ? value - size : value, axis, size).labelled(kinds);
            }
        }
        if (once != index) {
            once.discard();
        }
    }

    // One test without branches in the loop, so that it runs at the speed of memory.
    private static boolean areInside(Tensor dense, long size) {
        if (dense.size() == 0) {
            return true;
        }
        var bytes = dense.segment(dense.offset());
        long outside = 0;
        for (long k = 0; k < dense.size(); k++) {
            long value = bytes.get(ValueLayout.JAVA_LONG, k * Long.BYTES);
            outside |= value | size - 1 - value;
        }
        Reference.reachabilityFence(dense);
        return outside >= 0;
    }

    private static Tensor once(Tensor index) {
        var dims = index.shape().dims();
        boolean repeats = false;
        for (int axis = 0; axis < dims.length; axis++) {
            if (dims[axis] > 1 && index.stride(axis) == 0) {
                dims[axis] = 1;
                repeats = true;
            }
        }
        return repeats ? Meaning.view(index, new TensorType(index.dtype(), Shape.of(dims)),
                index.strides(), index.offset()) : index;
    }

    /** The message for one index that lies outside. */
    static ShapeProblem outside(long index, int axis, long size) {
        return new ShapeProblem("TFL-E0305", "index " + index + " is out of bounds for axis " + axis
                + " of {0}, whose size is " + size,
                size == 0 ? null : "indices go from " + -size + " to " + (size - 1), "the tensor");
    }
}

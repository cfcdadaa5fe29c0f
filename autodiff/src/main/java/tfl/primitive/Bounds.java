package tfl.primitive;

import tfl.tensor.Tensor;

/** Looks at index data before a kernel trusts it. */
final class Bounds {
    private Bounds() {}

    static void check(Tensor index, int axis, long size) {
        long elements = elements(index);
        for (long position = 0; position < elements; position++) {
            long value = index.isContiguous() || elements == index.size() ? index.readLong(position) : value(index, position);
            if (value < 0 || value >= size) {
                throw outside(value < 0 ? value - size : value, axis, size);
            }
        }
    }

    /** The message for one index that lies outside. */
    static ShapeProblem outside(long index, int axis, long size) {
        return new ShapeProblem("TFL-E0305", "index " + index + " is out of bounds for axis " + axis + " of {0}, whose size is "
                + size, size == 0 ? null : "indices go from " + -size + " to " + (size - 1), "the tensor");
    }

    private static long elements(Tensor index) {
        return index.size();
    }

    private static long value(Tensor index, long position) {
        return index.readLong(position);
    }
}

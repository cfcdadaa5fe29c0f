package tfl.stdlib.io;

import tfl.tensor.DType;
import tfl.tensor.Shape;

/** Sizes that a file's header claims, checked before anything is made of them. */
final class Sizes {
    private static final int MOST_AXES = 64;

    private Sizes() {}

    /** A shape of these sizes, which a header at that byte claims. */
    static Shape shape(long[] dims, long offset) {
        if (dims.length > MOST_AXES) {
            throw new CorruptFile(offset, "a tensor of " + dims.length + " axes; " + MOST_AXES + " are possible");
        }
        try {
            return Shape.of(dims);
        } catch (IllegalArgumentException negative) {
            throw new CorruptFile(offset, negative.getMessage());
        } catch (ArithmeticException overflow) {
            throw new CorruptFile(offset, "the sizes " + text(dims) + " are more elements than can be counted");
        }
    }

    /** How many bytes so many elements take. */
    static long bytes(DType dtype, Shape shape, long offset, String what) {
        if (shape.size() > Long.MAX_VALUE / 16) {
            throw new CorruptFile(offset, what + " of " + dtype + "[" + shape + "] has more bytes than can be counted");
        }
        return shape.size() * dtype.bytes();
    }

    private static String text(long[] dims) {
        var text = new StringBuilder("(");
        for (int axis = 0; axis < dims.length; axis++) {
            text.append(axis == 0 ? "" : ", ").append(dims[axis]);
        }
        return text.append(")").toString();
    }
}

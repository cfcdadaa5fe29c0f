package tfl.tensor;

import java.util.Arrays;

/** The sizes of a tensor's axes, outermost first; immutable. A scalar has rank 0 and one element. */
public final class Shape {
    /** The shape {@code ()}. */
    public static final Shape SCALAR = new Shape(new long[0]);

    private final long[] dims;
    private final long[] strides;
    private final long size;
    private final int hash;

    private Shape(long[] dims) {
        this.dims = dims;
        long product = 1;
        for (long dim : dims) {
            if (dim < 0) {
                throw new IllegalArgumentException("a shape cannot hold a negative size: " + Arrays.toString(dims));
            }
            product = Math.multiplyExact(product, dim);
        }
        this.size = product;
        this.strides = rowMajor(dims);
        this.hash = Arrays.hashCode(dims);
    }

    private static long[] rowMajor(long[] dims) {
        var strides = new long[dims.length];
        long step = 1;
        for (int axis = dims.length - 1; axis >= 0; axis--) {
            strides[axis] = step;
            step *= Math.max(1, dims[axis]);
        }
        return strides;
    }

    /**
     * A shape of these sizes.
     *
     * @throws IllegalArgumentException if one is negative
     * @throws ArithmeticException if their product does not fit in a long
     */
    public static Shape of(long... dims) {
        return dims.length == 0 ? SCALAR : new Shape(dims.clone());
    }

    public int rank() {
        return dims.length;
    }

    /** The size of that axis, {@code 0 <= axis < rank}. */
    public long dim(int axis) {
        return dims[axis];
    }

    /** The number of elements. */
    public long size() {
        return size;
    }

    /** A copy of the sizes. */
    public long[] dims() {
        return dims.clone();
    }

    /** The row-major strides, in elements. */
    public long[] strides() {
        return strides.clone();
    }

    /** The same, shared: never to be written. */
    long[] sharedStrides() {
        return strides;
    }

    /** The same, shared: never to be written. */
    long[] sharedDims() {
        return dims;
    }

    @Override
    public boolean equals(Object other) {
        return other == this || other instanceof Shape that && hash == that.hash && Arrays.equals(dims, that.dims);
    }

    @Override
    public int hashCode() {
        return hash;
    }

    /** As users see it inside a type: {@code 2, 3}. */
    @Override
    public String toString() {
        var text = new StringBuilder();
        for (int axis = 0; axis < dims.length; axis++) {
            text.append(axis == 0 ? "" : ", ").append(dims[axis]);
        }
        return text.toString();
    }
}

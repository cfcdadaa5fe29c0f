package tfl.backend.cpu;

import tfl.tensor.Tensor;

/** Some leading axes of a strided tensor, walked by one row-major index. Counts in elements. */
record Axes(long[] dims, long[] strides, long offset) {
    /** All axes but the last {@code inner}. */
    static Axes leading(Tensor tensor, int inner) {
        int rank = tensor.rank() - inner;
        var dims = new long[rank];
        var strides = new long[rank];
        for (int axis = 0; axis < rank; axis++) {
            dims[axis] = tensor.shape().dim(axis);
            strides[axis] = tensor.stride(axis);
        }
        return new Axes(dims, strides, tensor.offset());
    }

    /** How many positions there are. */
    long count() {
        long product = 1;
        for (long dim : dims) {
            product *= dim;
        }
        return product;
    }

    /** Where the position of that index lies in the storage. */
    long at(long index) {
        long place = offset;
        for (int axis = dims.length - 1; axis >= 0 && index != 0; axis--) {
            place += index % dims[axis] * strides[axis];
            index /= dims[axis];
        }
        return place;
    }

    /** Whether every axis of more than one position has stride zero. */
    boolean repeats() {
        for (int axis = 0; axis < dims.length; axis++) {
            if (dims[axis] != 1 && strides[axis] != 0) {
                return false;
            }
        }
        return true;
    }

    /** Whether stepping the index by one always moves by {@code step} elements. */
    boolean isUniform(long step) {
        for (int axis = dims.length - 1; axis >= 0; axis--) {
            if (dims[axis] != 1 && strides[axis] != step) {
                return false;
            }
            step *= dims[axis];
        }
        return true;
    }
}

package tfl.interpreter.builtin.tensor;

import java.lang.ref.Reference;
import tfl.tensor.DType;
import tfl.tensor.Elements;
import tfl.tensor.Tensor;

/**
 * {@code x[i, j]} with an int for every axis, as loops over elements write it: read and written without a kernel. Null
 * or false stands for whatever needs more care, errors too.
 */
final class SingleElement {
    private SingleElement() {}

    /** The element as a tensor of its own, which does not hold on to the memory of the whole. */
    static Tensor get(Object target, Object[] subscripts) {
        if (!(target instanceof Tensor x) || x.dtype().isComplex() || x.isElsewhere()) {
            return null;
        }
        long place = place(x, subscripts);
        if (place < 0) {
            return null;
        }
        return x.dtype().isFloat() ? Tensor.scalar(x.dtype(), x.readDouble(place))
                : Tensor.scalar(x.dtype(), x.readLong(place));
    }

    /** Writes an element where it lies; x is row-major, and nobody else sees it. */
    static boolean set(Tensor x, Object[] subscripts, Object value) {
        long place = x.isContiguous() ? place(x, subscripts) : -1;
        boolean done = place >= 0 && write(x.dtype(), x.address(place), value);
        Reference.reachabilityFence(x);
        return done;
    }

    private static boolean write(DType dtype, long address, Object value) {
        switch (value) {
            case Double number when dtype.isFloat() -> Elements.putDouble(dtype, address, number);
            case Long number when dtype.isFloat() || dtype.isInteger() && Promotion.fits(number, dtype) ->
                    Elements.putLong(dtype, address, number);
            case Tensor one when one.rank() == 0 && one.dtype() == dtype && dtype.isFloat() ->
                    Elements.putDouble(dtype, address, one.readDouble(0));
            case Tensor one when one.rank() == 0 && one.dtype() == dtype && dtype.isInteger() ->
                    Elements.putLong(dtype, address, one.readLong(0));
            case null, default -> {
                return false;
            }
        }
        return true;
    }

    /** The row-major place of the element, or -1. */
    private static long place(Tensor x, Object[] subscripts) {
        if (subscripts.length != x.rank() || subscripts.length == 0) {
            return -1;
        }
        long place = 0;
        for (int axis = 0; axis < subscripts.length; axis++) {
            long dim = x.dim(axis);
            if (!(subscripts[axis] instanceof Long given)) {
                return -1;
            }
            long index = given < 0 ? given + dim : given;
            if (index < 0 || index >= dim) {
                return -1;
            }
            place = place * dim + index;
        }
        return place;
    }
}

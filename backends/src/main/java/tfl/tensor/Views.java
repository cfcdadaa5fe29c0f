package tfl.tensor;

import java.util.Arrays;
import java.util.stream.IntStream;

/** The arithmetic of strides: which elements a view shows, and where they lie. */
final class Views {
    private Views() {}

    static boolean isContiguous(Shape shape, long[] strides) {
        if (shape.size() <= 1) {
            return true;
        }
        var dense = shape.sharedStrides();
        for (int axis = 0; axis < dense.length; axis++) {
            if (strides[axis] != dense[axis] && shape.dim(axis) != 1) {
                return false;
            }
        }
        return true;
    }

    /** Refuses a view of which an element lies outside its storage. */
    static void check(Tensor view) {
        var shape = view.shape();
        var strides = view.sharedStrides();
        if (strides.length != shape.rank()) {
            throw new IllegalArgumentException(strides.length + " strides for " + view.type());
        }
        long capacity = view.storage().bytes() / view.dtype().bytes();
        try {
            long low = view.offset();
            long high = view.offset();
            for (int axis = 0; axis < strides.length; axis++) {
                long reach = Math.multiplyExact(strides[axis], Math.max(0, shape.dim(axis) - 1));
                low = Math.addExact(low, Math.min(0, reach));
                high = Math.addExact(high, Math.max(0, reach));
            }
            if (shape.size() == 0 || low >= 0 && high < capacity) {
                return;
            }
        } catch (ArithmeticException outOfRange) {
            // Far outside, as reported below.
        }
        throw new IllegalArgumentException("a view " + view.type() + " with strides " + Arrays.toString(strides)
                + " from " + view.offset() + " leaves its storage of " + capacity + " elements");
    }

    /** How far from element zero the element at a row-major position lies, in elements. */
    static long offset(Tensor tensor, long position) {
        var shape = tensor.shape();
        long offset = 0;
        for (int axis = shape.rank() - 1; axis > 0; axis--) {
            long dim = shape.dim(axis);
            long next = position / dim;
            offset += (position - next * dim) * tensor.stride(axis);
            position = next;
        }
        return shape.rank() == 0 ? 0 : offset + position * tensor.stride(0);
    }

    static long position(Shape shape, long[] index) {
        if (index.length != shape.rank()) {
            throw new IllegalArgumentException(index.length + " indices for " + shape.rank() + " axes");
        }
        long position = 0;
        for (int axis = 0; axis < index.length; axis++) {
            if (index[axis] < 0 || index[axis] >= shape.dim(axis)) {
                throw new IndexOutOfBoundsException("index " + index[axis] + " of axis " + axis + ", of size "
                        + shape.dim(axis));
            }
            position = position * shape.dim(axis) + index[axis];
        }
        return position;
    }

    private static Tensor view(Tensor of, long[] dims, long[] strides, long offset) {
        return new Tensor(new TensorType(of.dtype(), Shape.of(dims)), strides, offset, of.storage());
    }

    static Tensor slice(Tensor tensor, int axis, long start, long step, long count) {
        var dims = tensor.shape().dims();
        if (count < 0 || count > 0 && (outside(start, dims[axis])
                || outside(Math.addExact(start, Math.multiplyExact(step, count - 1)), dims[axis]))) {
            throw new IndexOutOfBoundsException("a slice of " + count + " from " + start + " by " + step
                    + " leaves axis " + axis + " of size " + dims[axis]);
        }
        var strides = tensor.strides();
        long offset = tensor.offset() + (count == 0 ? 0 : start * strides[axis]);
        dims[axis] = count;
        strides[axis] = Math.multiplyExact(strides[axis], count <= 1 ? 1 : step);
        return view(tensor, dims, strides, offset);
    }

    private static boolean outside(long index, long size) {
        return index < 0 || index >= size;
    }

    static Tensor permute(Tensor tensor, int[] axes) {
        if (axes.length != tensor.rank() || Arrays.stream(axes).distinct().count() != axes.length) {
            throw new IllegalArgumentException(Arrays.toString(axes) + " is no order of " + tensor.rank() + " axes");
        }
        var dims = new long[axes.length];
        var strides = new long[axes.length];
        for (int i = 0; i < axes.length; i++) {
            dims[i] = tensor.dim(axes[i]);
            strides[i] = tensor.stride(axes[i]);
        }
        return view(tensor, dims, strides, tensor.offset());
    }

    static Tensor broadcastTo(Tensor tensor, Shape shape) {
        int added = shape.rank() - tensor.rank();
        var strides = new long[shape.rank()];
        for (int axis = tensor.rank() - 1; axis >= 0; axis--) {
            long dim = tensor.dim(axis);
            if (added < 0 || dim != 1 && dim != shape.dim(axis + added)) {
                throw new IllegalArgumentException(tensor.type() + " does not broadcast to [" + shape + "]");
            }
            strides[axis + added] = dim == shape.dim(axis + added) ? tensor.stride(axis) : 0;
        }
        return view(tensor, shape.dims(), strides, tensor.offset());
    }

    /**
     * Splits and joins axes as NumPy's {@code _attempt_nocopy_reshape} does: a group of old axes meets a group of new
     * axes of the same product, and must itself be evenly strided.
     */
    static Tensor reshape(Tensor tensor, Shape shape) {
        if (shape.size() != tensor.size()) {
            throw new IllegalArgumentException(tensor.type() + " has " + tensor.size() + " elements, [" + shape
                    + "] has " + shape.size());
        }
        if (tensor.isContiguous()) {
            return view(tensor, shape.dims(), shape.strides(), tensor.offset());
        }
        var strides = regrouped(tensor, shape.sharedDims());
        return strides == null ? null : view(tensor, shape.dims(), strides, tensor.offset());
    }

    private static long[] regrouped(Tensor tensor, long[] dims) {
        int[] old = IntStream.range(0, tensor.rank()).filter(axis -> tensor.dim(axis) != 1).toArray();
        var strides = new long[dims.length];
        for (int oldStart = 0, start = 0; oldStart < old.length;) {
            int oldEnd = oldStart + 1;
            int end = start + 1;
            long product = dims[start];
            for (long oldProduct = tensor.dim(old[oldStart]); product != oldProduct;) {
                if (product < oldProduct) {
                    product *= dims[end++];
                } else {
                    oldProduct *= tensor.dim(old[oldEnd++]);
                }
            }
            for (int i = oldStart; i < oldEnd - 1; i++) {
                if (tensor.stride(old[i]) != tensor.dim(old[i + 1]) * tensor.stride(old[i + 1])) {
                    return null;
                }
            }
            long step = tensor.stride(old[oldEnd - 1]);
            for (int axis = end - 1; axis >= start; axis--) {
                strides[axis] = step;
                step *= dims[axis];
            }
            oldStart = oldEnd;
            start = end;
        }
        return strides;
    }

    static Tensor expand(Tensor tensor, int axis) {
        var dims = new long[tensor.rank() + 1];
        var strides = new long[dims.length];
        for (int i = 0; i < dims.length; i++) {
            dims[i] = i == axis ? 1 : tensor.dim(i < axis ? i : i - 1);
            strides[i] = i == axis ? 0 : tensor.stride(i < axis ? i : i - 1);
        }
        return view(tensor, dims, strides, tensor.offset());
    }

    static Tensor squeeze(Tensor tensor, int axis) {
        if (tensor.dim(axis) != 1) {
            throw new IllegalArgumentException("axis " + axis + " of " + tensor.type() + " is not of size one");
        }
        var dims = new long[tensor.rank() - 1];
        var strides = new long[dims.length];
        for (int i = 0; i < dims.length; i++) {
            dims[i] = tensor.dim(i < axis ? i : i + 1);
            strides[i] = tensor.stride(i < axis ? i : i + 1);
        }
        return view(tensor, dims, strides, tensor.offset());
    }

    static Tensor part(Tensor tensor, boolean imaginary) {
        if (!tensor.dtype().isComplex()) {
            throw new IllegalArgumentException(tensor.type() + " has no complex parts");
        }
        var strides = Arrays.stream(tensor.strides()).map(stride -> 2 * stride).toArray();
        return new Tensor(new TensorType(DType.F32, tensor.shape()), strides, 2 * tensor.offset() + (imaginary ? 1 : 0),
                tensor.storage());
    }
}

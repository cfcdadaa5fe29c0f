package tfl.backend.cpu;

import tfl.tensor.Shape;
import tfl.tensor.Tensor;
import tfl.tensor.TensorType;

/**
 * Inputs that lie across the direction in which a kernel goes, as a transposed matrix does. Reading them element by
 * element touches a cache line for each, so large ones are first copied in tiles; and so is what is read again and
 * again with gaps, as a column of a matrix that each row of a result meets.
 */
final class Turned {
    private static final long LARGE = 16 * 1024;
    /** The same where a copy is read many times. */
    private static final long LARGE_REPEATED = 2 * 1024;
    private static final long LONG_AXIS = 16;

    private Turned() {}

    /** Bit i set: input i, of that shape and those strides, is worth a copy. */
    static int of(Shape shape, long[][] strides) {
        int turned = 0;
        for (int i = 0; i < Math.min(strides.length, Integer.SIZE) && shape.size() >= LARGE_REPEATED; i++) {
            turned |= isTurned(shape, strides[i]) ? 1 << i : 0;
        }
        return turned;
    }

    private static boolean isTurned(Shape shape, long[] strides) {
        int inner = shape.rank() - 1;
        while (inner > 0 && shape.dim(inner) == 1) {
            inner--;
        }
        if (Math.abs(strides[inner]) <= 1) {
            return false;
        }
        long repeats = 1;
        for (int axis = 0; axis < inner; axis++) {
            if (Math.abs(strides[axis]) == 1 && shape.dim(axis) >= LONG_AXIS) {
                return shape.size() >= LARGE;
            }
            repeats *= strides[axis] == 0 ? shape.dim(axis) : 1;
        }
        return repeats >= LONG_AXIS;
    }

    /** The strides after the copies. */
    static long[][] straightened(Shape shape, long[][] strides, int turned) {
        if (turned == 0) {
            return strides;
        }
        var straight = strides.clone();
        for (int i = 0; i < straight.length; i++) {
            if ((turned >> i & 1) == 1) {
                straight[i] = packed(shape, strides[i]);
            }
        }
        return straight;
    }

    // Dense, but what is repeated stays repeated.
    private static long[] packed(Shape shape, long[] strides) {
        var packed = once(shape, strides).strides();
        for (int axis = 0; axis < packed.length; axis++) {
            packed[axis] = strides[axis] == 0 ? 0 : packed[axis];
        }
        return packed;
    }

    private static Shape once(Shape shape, long[] strides) {
        var dims = shape.dims();
        for (int axis = 0; axis < dims.length; axis++) {
            dims[axis] = strides[axis] == 0 ? Math.min(1, dims[axis]) : dims[axis];
        }
        return Shape.of(dims);
    }

    private static Tensor copied(Tensor input) {
        var strides = input.strides();
        var once = input.asStrided(new TensorType(input.dtype(), once(input.shape(), strides)), strides,
                input.offset());
        var dense = Tensor.allocate(once.type());
        StridedCopy.run(once, dense);
        var copy = dense.asStrided(input.type(), packed(input.shape(), strides), dense.offset());
        once.discard();
        dense.discard();
        return copy;
    }

    /** The inputs, those of the set bits copied; the same array if there are none. */
    static Tensor[] straightened(Tensor[] inputs, int turned) {
        if (turned == 0) {
            return inputs;
        }
        var straight = inputs.clone();
        for (int i = 0; i < straight.length; i++) {
            if ((turned >> i & 1) == 1) {
                straight[i] = copied(inputs[i]);
            }
        }
        return straight;
    }

    /** Frees the copies. */
    static void discard(Tensor[] straight, int turned) {
        for (int i = 0; i < straight.length && turned != 0; i++) {
            if ((turned >> i & 1) == 1) {
                straight[i].discard();
            }
        }
    }
}

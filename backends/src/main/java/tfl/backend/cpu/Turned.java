package tfl.backend.cpu;

import tfl.tensor.Shape;
import tfl.tensor.Tensor;

/**
 * Inputs that lie across the direction in which a kernel goes, as a transposed matrix does. Reading them element by
 * element touches a cache line for each, so large ones are first copied in tiles.
 */
final class Turned {
    private static final long LARGE = 16 * 1024;
    private static final long LONG_AXIS = 16;

    private Turned() {}

    /** Bit i set: input i, of that shape and those strides, is worth a copy. */
    static int of(Shape shape, long[][] strides) {
        int turned = 0;
        for (int i = 0; i < Math.min(strides.length, Integer.SIZE) && shape.size() >= LARGE; i++) {
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
        for (int axis = 0; axis < inner; axis++) {
            if (Math.abs(strides[axis]) == 1 && shape.dim(axis) >= LONG_AXIS) {
                return true;
            }
        }
        return false;
    }

    /** The strides after the copies. */
    static long[][] straightened(Shape shape, long[][] strides, int turned) {
        if (turned == 0) {
            return strides;
        }
        var straight = strides.clone();
        for (int i = 0; i < straight.length; i++) {
            if ((turned >> i & 1) == 1) {
                straight[i] = shape.strides();
            }
        }
        return straight;
    }

    /** The inputs, those of the set bits copied; the same array if there are none. */
    static Tensor[] straightened(Tensor[] inputs, int turned) {
        if (turned == 0) {
            return inputs;
        }
        var straight = inputs.clone();
        for (int i = 0; i < straight.length; i++) {
            if ((turned >> i & 1) == 1) {
                straight[i] = StridedCopy.dense(inputs[i]);
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

package tfl.backend.cpu;

import tfl.tensor.Tensor;

/**
 * Inputs that lie across the direction in which a kernel goes, as a transposed matrix does. Reading them element by
 * element touches a cache line for each, so large ones are first copied in tiles.
 */
final class Turned {
    private static final long LARGE = 16 * 1024;
    private static final long LONG_AXIS = 16;

    private Turned() {}

    /** Bit i set: input i is worth a copy. */
    static int of(Tensor[] inputs) {
        int turned = 0;
        for (int i = 0; i < Math.min(inputs.length, Integer.SIZE); i++) {
            if (inputs[i].size() >= LARGE && isTurned(inputs[i])) {
                turned |= 1 << i;
            }
        }
        return turned;
    }

    private static boolean isTurned(Tensor input) {
        int inner = input.rank() - 1;
        while (inner > 0 && input.dim(inner) == 1) {
            inner--;
        }
        if (Math.abs(input.stride(inner)) <= 1) {
            return false;
        }
        for (int axis = 0; axis < inner; axis++) {
            if (Math.abs(input.stride(axis)) == 1 && input.dim(axis) >= LONG_AXIS) {
                return true;
            }
        }
        return false;
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

package tfl.backend.cpu;

import tfl.tensor.Tensor;

/** The strides that the inputs of one call had, to see quickly whether the next call's are the same. */
record Strides(long[][] strides) {
    /** Null for an input that is contiguous. */
    static Strides of(Tensor[] inputs) {
        var strides = new long[inputs.length][];
        for (int k = 0; k < inputs.length; k++) {
            strides[k] = inputs[k].isContiguous() ? null : inputs[k].strides();
        }
        return new Strides(strides);
    }

    /** Whether inputs of the same shapes as then have the same strides. */
    boolean fit(Tensor[] inputs) {
        for (int k = 0; k < inputs.length; k++) {
            var known = strides[k];
            if (known == null ? !inputs[k].isContiguous() : !equal(known, inputs[k])) {
                return false;
            }
        }
        return true;
    }

    private static boolean equal(long[] known, Tensor input) {
        for (int axis = 0; axis < known.length; axis++) {
            if (known[axis] != input.stride(axis)) {
                return false;
            }
        }
        return true;
    }
}

package tfl.backend.cpu;

import java.util.Arrays;
import tfl.tensor.Shape;
import tfl.tensor.Tensor;

/** The strides that the inputs of one call had, to see quickly whether the next call's are the same. */
record Strides(long[][] strides) {
    /** The strides of inputs of that shape; null for one that is contiguous. */
    static Strides of(Shape shape, long[][] inputs) {
        var strides = new long[inputs.length][];
        for (int k = 0; k < inputs.length; k++) {
            strides[k] = isContiguous(shape, inputs[k]) ? null : inputs[k];
        }
        return new Strides(strides);
    }

    private static boolean isContiguous(Shape shape, long[] strides) {
        var dense = shape.strides();
        for (int axis = 0; axis < dense.length; axis++) {
            if (shape.dim(axis) != 1 && strides[axis] != dense[axis]) {
                return shape.size() == 0;
            }
        }
        return true;
    }

    /** Each input's own strides. */
    static long[][] all(Tensor[] inputs) {
        var strides = new long[inputs.length][];
        for (int k = 0; k < inputs.length; k++) {
            strides[k] = inputs[k].strides();
        }
        return strides;
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

    /** The same of inputs of that shape with these strides. */
    boolean fit(Shape shape, long[][] inputs) {
        return Arrays.deepEquals(strides, of(shape, inputs).strides);
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

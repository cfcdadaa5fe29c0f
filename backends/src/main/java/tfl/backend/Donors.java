package tfl.backend;

import java.util.Arrays;
import java.util.List;
import tfl.tensor.Tensor;
import tfl.tensor.TensorType;

/** Which inputs of an elementwise kernel give their storage to its outputs. */
public final class Donors {
    /** Instead of an input: the output needs memory of its own. */
    public static final int NONE = -1;

    private Donors() {}

    /**
     * For each output the input that gives its storage, or {@link #NONE}.
     *
     * @param donated bit i set: input i is not read after the kernel
     * @param places as in {@link Executable#run(Tensor[], int, Tensor[])}: an output that has one needs no other
     */
    public static int[] of(List<TensorType> outputs, Tensor[] inputs, int donated, Tensor[] places) {
        var donors = new int[outputs.size()];
        Arrays.fill(donors, NONE);
        int left = donated;
        for (int k = 0; k < donors.length && left != 0; k++) {
            if (k >= places.length || places[k] == null) {
                int donor = donor(outputs.get(k), inputs, left);
                donors[k] = donor;
                if (donor != NONE) {
                    left &= ~(1 << donor);
                }
            }
        }
        return donors;
    }

    private static int donor(TensorType type, Tensor[] inputs, int donated) {
        for (int i = 0; i < Math.min(inputs.length, Integer.SIZE); i++) {
            var input = inputs[i];
            if ((donated >> i & 1) == 1 && input.isContiguous() && input.dtype().bytes() == type.dtype().bytes()
                    && input.shape().equals(type.shape()) && isAlone(i, inputs)) {
                return i;
            }
        }
        return NONE;
    }

    /** Whether no other input reads the same storage in another order. */
    private static boolean isAlone(int donor, Tensor[] inputs) {
        for (var input : inputs) {
            if (input != inputs[donor] && input.storage() == inputs[donor].storage()) {
                return false;
            }
        }
        return true;
    }
}

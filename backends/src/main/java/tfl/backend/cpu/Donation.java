package tfl.backend.cpu;

import java.util.List;
import tfl.tensor.Tensor;
import tfl.tensor.TensorType;

/**
 * Where results go: into the storage of an input that nobody needs any more, if it lies the same, else into
 * fresh memory.
 */
final class Donation {
    private Donation() {}

    /**
     * The outputs of an elementwise kernel, whose inputs have the outputs' shape.
     *
     * @param donated bit i set: input i is not read after this kernel
     * @param places as in {@link tfl.backend.Executable#run(Tensor[], int, Tensor[])}
     */
    static Tensor[] outputs(List<TensorType> types, Tensor[] inputs, int donated, Tensor[] places) {
        var outputs = new Tensor[types.size()];
        int left = donated;
        for (int k = 0; k < outputs.length; k++) {
            var type = types.get(k);
            boolean placed = k < places.length && places[k] != null;
            int donor = left == 0 || placed ? -1 : donor(type, inputs, left);
            if (placed) {
                outputs[k] = view(places[k]);
            } else if (donor >= 0) {
                left &= ~(1 << donor);
                outputs[k] = inputs[donor].asStrided(type, type.shape().strides(), inputs[donor].offset());
            } else {
                outputs[k] = Tensor.allocate(type);
            }
        }
        return outputs;
    }

    /** Where the only result goes. */
    static Tensor output(TensorType type, Tensor[] places) {
        return places.length == 0 || places[0] == null ? Tensor.allocate(type) : view(places[0]);
    }

    private static Tensor view(Tensor place) {
        return place.asStrided(place.type(), place.strides(), place.offset());
    }

    private static int donor(TensorType type, Tensor[] inputs, int donated) {
        for (int i = 0; i < Math.min(inputs.length, Integer.SIZE); i++) {
            var input = inputs[i];
            if ((donated >> i & 1) == 1 && input.isContiguous() && input.dtype().bytes() == type.dtype()
                    .bytes()
                    && input.shape().equals(type.shape()) && isAlone(i, inputs)) {
                return i;
            }
        }
        return -1;
    }

    /** Whether no other input reads the same storage in another order. */
    private static boolean isAlone(int donor, Tensor[] inputs) {
        for (int i = 0; i < inputs.length; i++) {
            if (inputs[i] != inputs[donor] && inputs[i].storage() == inputs[donor].storage()) {
                return false;
            }
        }
        return true;
    }
}

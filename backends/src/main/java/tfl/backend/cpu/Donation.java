package tfl.backend.cpu;

import java.util.List;
import tfl.backend.Donors;
import tfl.tensor.Tensor;
import tfl.tensor.TensorType;

/**
 * Where results go: into the storage of an input that nobody needs any more, if it lies the same, else into
 * fresh memory.
 */
final class Donation {
    private Donation() {}

    /**
     * The outputs of an elementwise kernel, whose inputs have the outputs' shape; who gives storage, {@link Donors}
     * says.
     *
     * @param donated bit i set: input i is not read after this kernel
     * @param places as in {@link tfl.backend.Executable#run(Tensor[], int, Tensor[])}
     */
    static Tensor[] outputs(List<TensorType> types, Tensor[] inputs, int donated, Tensor[] places) {
        var outputs = new Tensor[types.size()];
        var donors = Donors.of(types, inputs, donated, places);
        for (int k = 0; k < outputs.length; k++) {
            var type = types.get(k);
            if (k < places.length && places[k] != null) {
                outputs[k] = view(places[k]);
            } else if (donors[k] != Donors.NONE) {
                var donor = inputs[donors[k]];
                outputs[k] = donor.asStrided(type, type.shape().strides(), donor.offset());
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
}

package tfl.transform;

import java.util.Arrays;
import java.util.List;
import tfl.primitive.Lowering;
import tfl.primitive.Primitive;
import tfl.primitive.Region;
import tfl.tensor.Tensor;
import tfl.tensor.TensorValue;

/** Runs regions primitive by primitive. */
record RegionRunner(EagerOps ops) implements Lowering.Runner {
    @Override
    public Tensor[] run(Region region, Tensor[] inputs, long donated, Tensor... places) {
        var results = region.apply(ops, List.<TensorValue>of(inputs));
        var tensors = new Tensor[results.size()];
        for (int k = 0; k < tensors.length; k++) {
            var tensor = (Tensor) results.get(k);
            boolean given = Arrays.stream(inputs).anyMatch(input -> input == tensor);
            tensors[k] = given ? tensor.asStrided(tensor.type(), tensor.strides(), tensor.offset()) : tensor;
        }
        return tensors;
    }

    @Override
    public Tensor[] apply(Primitive primitive, Tensor... inputs) {
        return ops.run(primitive, 0, inputs);
    }

    @Override
    public Tensor dense(Tensor value) {
        return ops.copy(value);
    }
}

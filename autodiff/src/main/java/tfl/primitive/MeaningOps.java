package tfl.primitive;

import java.util.List;
import tfl.tensor.Tensor;
import tfl.tensor.TensorType;

/** Takes each primitive at its meaning: slow, exact. */
final class MeaningOps implements Ops<Tensor>, Lowering.Runner {
    @Override
    public List<Tensor> apply(Primitive primitive, List<Tensor> inputs) {
        return primitive.eval(inputs);
    }

    @Override
    public TensorType type(Tensor value) {
        return value.type();
    }

    @Override
    public Tensor full(TensorType type, double value) {
        return Tensor.scalar(type.dtype(), value).broadcastTo(type.shape());
    }

    @Override
    public Tensor[] run(Region region, Tensor[] inputs, long donated, Tensor... places) {
        return region.apply(this, List.of(inputs)).stream().map(result -> result.asStrided(result.type(),
                result.strides(), result.offset())).toArray(Tensor[]::new);
    }

    @Override
    public Tensor[] apply(Primitive primitive, Tensor... inputs) {
        return primitive.eval(List.of(inputs)).toArray(Tensor[]::new);
    }

    @Override
    public Tensor dense(Tensor value) {
        return Meaning.move(value, value.type(), at -> at);
    }
}

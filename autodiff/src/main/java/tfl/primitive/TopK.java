package tfl.primitive;

import java.util.List;
import java.util.function.IntPredicate;
import tfl.kernel.Kernel;
import tfl.kernel.Routine;
import tfl.tensor.DType;
import tfl.tensor.TensorType;

/** {@code x -> values, indices}: the k largest or smallest along the last axis, in order. */
public record TopK(long k, boolean largest) implements Primitive {
    @Override
    public String name() {
        return "topk";
    }

    @Override
    public List<TensorType> shape(List<TensorType> inputs) {
        var input = inputs.getFirst();
        Check.ordered(name(), input);
        int last = Check.axis(name(), -1, input.shape().rank());
        if (k < 0 || k > input.shape().dim(last)) {
            throw new ShapeProblem("TFL-E0310", "topk: " + k + " of " + input.shape().dim(last)
                    + " elements along the last axis of {0}", null, "the operand");
        }
        var shape = Check.with(input.shape(), last, k);
        return List.of(new TensorType(input.dtype(), shape), new TensorType(DType.I64, shape));
    }

    @Override
    public Lowering lower(List<TensorType> inputs) {
        return new Lowering.Launch(new Kernel.LibraryCall(new Routine.TopK(inputs.getFirst().dtype(), k, largest)));
    }

    @Override
    public <V> List<V> vjp(Ops<V> ops, List<V> inputs, List<V> outputs, List<V> cotangents, IntPredicate wanted) {
        return Sort.back(ops, inputs.getFirst(), outputs.get(1), cotangents.getFirst());
    }

    @Override
    public <V> List<V> jvp(Ops<V> ops, List<V> inputs, List<V> outputs, List<V> tangents) {
        return Sort.moved(ops, tangents.getFirst(), outputs.get(1));
    }

    @Override
    public <V> List<V> batch(Ops<V> ops, long size, List<V> inputs, List<Boolean> mapped) {
        return ops.apply(this, inputs);
    }

    @Override
    public Residuals residuals(List<TensorType> inputs) {
        return Residuals.OUTPUTS;
    }
}

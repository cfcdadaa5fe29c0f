package tfl.primitive;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import tfl.kernel.Kernel;
import tfl.kernel.Routine;
import tfl.tensor.DType;
import tfl.tensor.TensorType;

/**
 * {@code x -> values, indices}: sorted along the last axis, stable, NaN last; the indices (i64) say from
 * where. Without {@code indices} only the values, which is several times faster.
 */
public record Sort(boolean descending, boolean indices) implements Primitive {
    /** With values and indices. */
    public Sort(boolean descending) {
        this(descending, true);
    }

    @Override
    public String name() {
        return "sort";
    }

    @Override
    public List<TensorType> shape(List<TensorType> inputs) {
        var input = inputs.getFirst();
        Check.ordered(name(), input);
        Check.axis(name(), -1, input.shape().rank());
        return indices ? List.of(input, new TensorType(DType.I64, input.shape())) : List.of(input);
    }

    @Override
    public Lowering lower(List<TensorType> inputs) {
        return new Lowering.Launch(new Kernel.LibraryCall(new Routine.Sort(inputs.getFirst().dtype(), descending)));
    }

    @Override
    public Primitive forReverse() {
        return new Sort(descending);
    }

    @Override
    public <V> List<V> vjp(Ops<V> ops, List<V> inputs, List<V> outputs, List<V> cotangents, IntPredicate wanted) {
        var x = inputs.getFirst();
        var from = indices ? outputs.get(1) : ops.apply(new Sort(descending), inputs).get(1);
        return back(ops, x, from, cotangents.getFirst());
    }

    /** The cotangents of sorted values go back to where the values came from. */
    static <V> List<V> back(Ops<V> ops, V x, V indices, V ct) {
        if (ct == null) {
            return Arrays.asList((V) null);
        }
        return List.of(AlongAxis.add(ops, Algebra.of(ops).zeros(x), ct, indices, ops.type(x).shape().rank() - 1));
    }

    @Override
    public <V> List<V> jvp(Ops<V> ops, List<V> inputs, List<V> outputs, List<V> tangents) {
        var from = indices ? outputs.get(1) : ops.apply(new Sort(descending), inputs).get(1);
        var moved = moved(ops, tangents.getFirst(), from);
        return indices ? moved : moved.subList(0, 1);
    }

    /** Tangents go with the sorted values; the indices have none. */
    static <V> List<V> moved(Ops<V> ops, V tangent, V indices) {
        return Arrays.asList(AlongAxis.take(ops, tangent, indices, ops.type(indices).shape().rank() - 1), null);
    }

    @Override
    public <V> List<V> batch(Ops<V> ops, long size, List<V> inputs, List<Boolean> mapped) {
        return ops.apply(this, inputs);
    }

    @Override
    public Residuals residuals(List<TensorType> inputs) {
        return indices ? Residuals.OUTPUTS : Residuals.INPUTS;
    }
}

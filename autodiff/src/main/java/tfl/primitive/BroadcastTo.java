package tfl.primitive;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import tfl.tensor.Shape;
import tfl.tensor.Tensor;
import tfl.tensor.TensorType;

/** Repeats axes of size 1, and adds leading axes, up to a shape: a view with zero strides. */
public record BroadcastTo(Shape to) implements Primitive {
    @Override
    public String name() {
        return "broadcast_to";
    }

    @Override
    public List<TensorType> shape(List<TensorType> inputs) {
        var from = inputs.getFirst().shape();
        int added = to.rank() - from.rank();
        boolean fits = added >= 0;
        for (int axis = 0; fits && axis < from.rank(); axis++) {
            fits = from.dim(axis) == 1 || from.dim(axis) == to.dim(axis + added);
        }
        if (!fits) {
            throw new ShapeProblem("TFL-E0302", "{0} of shape (" + from + ") does not broadcast to (" + to + ")",
                    null, "the operand");
        }
        return List.of(new TensorType(inputs.getFirst().dtype(), to));
    }

    @Override
    public List<Tensor> eval(List<Tensor> inputs) {
        var x = inputs.getFirst();
        return List.of(Meaning.move(x, new TensorType(x.dtype(), to), at -> {
            var from = new long[x.rank()];
            for (int axis = 0; axis < from.length; axis++) {
                from[axis] = x.shape().dim(axis) == 1 ? 0 : at[axis + at.length - from.length];
            }
            return from;
        }));
    }

    @Override
    public Lowering lower(List<TensorType> inputs) {
        return new Lowering.View(this::view);
    }

    private Tensor view(Tensor x, TensorType type) {
        int added = to.rank() - x.rank();
        var strides = new long[to.rank()];
        for (int axis = 0; axis < x.rank(); axis++) {
            strides[axis + added] = x.shape().dim(axis) == 1 && to.dim(axis + added) != 1 ? 0 : x.stride(axis);
        }
        return Meaning.view(x, type, strides, x.offset());
    }

    @Override
    public <V> List<V> vjp(Ops<V> ops, List<V> inputs, List<V> outputs, List<V> cotangents, IntPredicate wanted) {
        // to → from: the repeated axes are summed away.
        var from = ops.type(inputs.getFirst()).shape();
        return java.util.Collections.singletonList(sumTo(ops, cotangents.getFirst(), from));
    }

    /** Sums what broadcasting repeated: back to {@code from}. */
    static <V> V sumTo(Ops<V> ops, V value, Shape from) {
        var to = ops.type(value).shape();
        var axes = new ArrayList<Integer>();
        int added = to.rank() - from.rank();
        for (int axis = 0; axis < to.rank(); axis++) {
            if (axis < added || from.dim(axis - added) == 1 && to.dim(axis) != 1) {
                axes.add(axis);
            }
        }
        var sum = axes.isEmpty() ? value : ops.call(new ReduceSum(axes), value);
        return ops.type(sum).shape().equals(from) ? sum : ops.call(new Reshape(from), sum);
    }

    @Override
    public <V> List<V> jvp(Ops<V> ops, List<V> inputs, List<V> outputs, List<V> tangents) {
        return List.of(ops.call(this, tangents.getFirst()));
    }

    @Override
    public <V> List<V> batch(Ops<V> ops, long size, List<V> inputs, List<Boolean> mapped) {
        // Axes that broadcasting adds come between the mapped axis and the operand's.
        var from = ops.type(inputs.getFirst()).shape();
        var dims = new long[to.rank() + 1];
        java.util.Arrays.fill(dims, 1);
        dims[0] = size;
        System.arraycopy(from.dims(), 1, dims, dims.length - from.rank() + 1, from.rank() - 1);
        var aligned = Algebra.of(ops).reshape(inputs.getFirst(), Shape.of(dims));
        return List.of(ops.call(new BroadcastTo(BatchOps.mapped(to, size)), aligned));
    }

    @Override
    public Residuals residuals(List<TensorType> inputs) {
        return Residuals.NONE;
    }
}

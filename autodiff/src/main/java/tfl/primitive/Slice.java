package tfl.primitive;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import tfl.tensor.Shape;
import tfl.tensor.Tensor;
import tfl.tensor.TensorType;

/**
 * Along each axis, {@code count} elements from {@code start} on, {@code step} apart: a view. Steps may be
 * negative, not zero.
 */
public record Slice(List<Long> start, List<Long> count, List<Long> step) implements Primitive {
    /** Elements {@code from} until {@code to} of one axis, everything of the others. */
    public static Slice along(Shape shape, int axis, long from, long to) {
        var start = new ArrayList<Long>();
        var count = new ArrayList<Long>();
        for (int k = 0; k < shape.rank(); k++) {
            start.add(k == axis ? from : 0);
            count.add(k == axis ? to - from : shape.dim(k));
        }
        return new Slice(List.copyOf(start), List.copyOf(count), start.stream().map(each -> 1L).toList());
    }

    /** Everything, with those axes back to front. */
    public static Slice reversing(Shape shape, List<Integer> axes) {
        var start = new ArrayList<Long>();
        var count = new ArrayList<Long>();
        var step = new ArrayList<Long>();
        for (int k = 0; k < shape.rank(); k++) {
            boolean reversed = axes.contains(k) && shape.dim(k) > 0;
            start.add(reversed ? shape.dim(k) - 1 : 0);
            count.add(shape.dim(k));
            step.add(reversed ? -1L : 1L);
        }
        return new Slice(List.copyOf(start), List.copyOf(count), List.copyOf(step));
    }

    @Override
    public String name() {
        return "slice";
    }

    @Override
    public List<TensorType> shape(List<TensorType> inputs) {
        var from = inputs.getFirst().shape();
        if (start.size() != from.rank()) {
            throw new ShapeProblem("TFL-E0310", "slice: " + start.size() + " ranges for {0} of rank " + from.rank(),
                    null, "the operand");
        }
        for (int axis = 0; axis < from.rank(); axis++) {
            long last = start.get(axis) + (count.get(axis) - 1) * step.get(axis);
            boolean inside = count.get(axis) == 0 || Math.min(start.get(axis), last) >= 0
                    && Math.max(start.get(axis), last) < from.dim(axis);
            if (!inside || step.get(axis) == 0) {
                throw new ShapeProblem("TFL-E0310", "slice: axis " + axis + " of {0} has size " + from.dim(axis)
                        + ", the range goes from " + start.get(axis) + " to " + last, null, "the operand");
            }
        }
        var dims = count.stream().mapToLong(Long::longValue).toArray();
        return List.of(new TensorType(inputs.getFirst().dtype(), Shape.of(dims)));
    }

    @Override
    public List<Tensor> eval(List<Tensor> inputs) {
        var x = inputs.getFirst();
        return List.of(Meaning.move(x, shape(List.of(x.type())).getFirst(), at -> {
            var from = new long[at.length];
            for (int axis = 0; axis < at.length; axis++) {
                from[axis] = start.get(axis) + at[axis] * step.get(axis);
            }
            return from;
        }));
    }

    @Override
    public Lowering lower(List<TensorType> inputs) {
        return new Lowering.View(this::view);
    }

    private Tensor view(Tensor x, TensorType type) {
        var strides = new long[x.rank()];
        long offset = x.offset();
        for (int axis = 0; axis < strides.length; axis++) {
            strides[axis] = x.stride(axis) * step.get(axis);
            offset += type.shape().dim(axis) == 0 ? 0 : x.stride(axis) * start.get(axis);
        }
        return Meaning.view(x, type, strides, offset);
    }

    @Override
    public <V> List<V> vjp(Ops<V> ops, List<V> inputs, List<V> outputs, List<V> cotangents, IntPredicate wanted) {
        // The window of the operand receives the cotangent, the rest is zero.
        var zeros = ops.full(ops.type(inputs.getFirst()), 0);
        return List.of(ops.call(new Insert(start, step), zeros, cotangents.getFirst()));
    }

    @Override
    public <V> List<V> jvp(Ops<V> ops, List<V> inputs, List<V> outputs, List<V> tangents) {
        return List.of(ops.call(this, tangents.getFirst()));
    }

    @Override
    public <V> List<V> batch(Ops<V> ops, long size, List<V> inputs, List<Boolean> mapped) {
        var slice = new Slice(MappedAxis.before(0, start), MappedAxis.before(size, count), MappedAxis.before(1, step));
        return List.of(ops.call(slice, inputs.getFirst()));
    }

    @Override
    public Residuals residuals(List<TensorType> inputs) {
        return Residuals.NONE;
    }
}

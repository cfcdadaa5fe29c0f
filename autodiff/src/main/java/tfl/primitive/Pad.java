package tfl.primitive;

import java.util.List;
import java.util.function.IntPredicate;
import tfl.kernel.Kernel;
import tfl.tensor.Shape;
import tfl.tensor.TensorType;

/**
 * Adds {@code low} and {@code high} elements of one value around each axis, and {@code interior} between any
 * two neighbours. All are at least 0.
 */
public record Pad(List<Long> low, List<Long> high, List<Long> interior, double value) implements Primitive {
    @Override
    public String name() {
        return "pad";
    }

    @Override
    public List<TensorType> shape(List<TensorType> inputs) {
        var from = inputs.getFirst().shape();
        if (low.size() != from.rank() || high.size() != from.rank() || interior.size() != from.rank()) {
            throw new ShapeProblem("TFL-E0309", "pad: widths for " + low.size() + " axes, {0} has " + from.rank(),
                    null, "the operand");
        }
        var dims = new long[from.rank()];
        for (int axis = 0; axis < dims.length; axis++) {
            if (low.get(axis) < 0 || high.get(axis) < 0 || interior.get(axis) < 0) {
                throw new ShapeProblem("TFL-E0309", "pad: a negative width on axis " + axis, "slice to cut off", "x");
            }
            dims[axis] = low.get(axis) + high.get(axis) + from.dim(axis)
                    + Math.max(0, from.dim(axis) - 1) * interior.get(axis);
        }
        return List.of(new TensorType(inputs.getFirst().dtype(), Shape.of(dims)));
    }

    private List<Long> steps() {
        return interior.stream().map(gap -> gap + 1).toList();
    }

    @Override
    public Lowering lower(List<TensorType> inputs) {
        var fill = Scalars.number(value, inputs.getFirst().dtype());
        return new Lowering.Launch(new Kernel.Assemble(inputs.getFirst().dtype(), fill,
                List.of(new Kernel.Window(low, steps()))));
    }

    @Override
    public <V> List<V> vjp(Ops<V> ops, List<V> inputs, List<V> outputs, List<V> cotangents, IntPredicate wanted) {
        var dims = ops.type(inputs.getFirst()).shape().dims();
        var count = java.util.Arrays.stream(dims).boxed().toList();
        return List.of(ops.call(new Slice(low, count, steps()), cotangents.getFirst()));
    }

    @Override
    public <V> List<V> jvp(Ops<V> ops, List<V> inputs, List<V> outputs, List<V> tangents) {
        return List.of(ops.call(new Pad(low, high, interior, 0), tangents.getFirst()));
    }

    @Override
    public <V> List<V> batch(Ops<V> ops, long size, List<V> inputs, List<Boolean> mapped) {
        var pad = new Pad(MappedAxis.before(0, low), MappedAxis.before(0, high), MappedAxis.before(0, interior), value);
        return List.of(ops.call(pad, inputs.getFirst()));
    }

    @Override
    public Residuals residuals(List<TensorType> inputs) {
        return Residuals.NONE;
    }
}

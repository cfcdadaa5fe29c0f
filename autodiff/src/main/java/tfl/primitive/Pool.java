package tfl.primitive;

import java.util.List;
import java.util.function.IntPredicate;
import tfl.kernel.Kernel;
import tfl.kernel.Routine;
import tfl.tensor.TensorType;

/** The maximum or the average of windows over the trailing axes. Padding never wins, and is not counted. */
public record Pool(boolean max, List<Long> window, List<Long> stride, List<Long> low, List<Long> high)
        implements Primitive {
    @Override
    public String name() {
        return max ? "max_pool" : "avg_pool";
    }

    @Override
    public List<TensorType> shape(List<TensorType> inputs) {
        var x = inputs.getFirst();
        Check.floats(name(), x);
        int first = x.shape().rank() - window.size();
        if (first < 0) {
            throw new ShapeProblem("TFL-E0309", name() + ": a window of " + window.size() + " axes for {0}, which has "
                    + x.shape().rank(), null, "the operand");
        }
        var shape = x.shape();
        for (int axis = 0; axis < window.size(); axis++) {
            if (low.get(axis) >= window.get(axis) || high.get(axis) >= window.get(axis)) {
                throw new ShapeProblem("TFL-E0309", name() + ": the padding must be smaller than the window", null);
            }
            shape = Check.with(shape, first + axis, Windows.size(name(), axis, x.shape().dim(first + axis),
                    window.get(axis), stride.get(axis), low.get(axis) + high.get(axis), 1));
        }
        return List.of(new TensorType(x.dtype(), shape));
    }

    Kernel kernel(TensorType x, boolean backward) {
        return new Kernel.LibraryCall(new Routine.Pool(x.dtype(), backward, max, window, stride, low, high));
    }

    @Override
    public Lowering lower(List<TensorType> inputs) {
        return new Lowering.Launch(kernel(inputs.getFirst(), false));
    }

    @Override
    public <V> List<V> vjp(Ops<V> ops, List<V> inputs, List<V> outputs, List<V> cotangents, IntPredicate wanted) {
        var back = new PoolPullback(this);
        return max ? List.of(ops.call(back, inputs.getFirst(), outputs.getFirst(), cotangents.getFirst()))
                : List.of(ops.call(back, inputs.getFirst(), cotangents.getFirst()));
    }

    @Override
    public <V> List<V> jvp(Ops<V> ops, List<V> inputs, List<V> outputs, List<V> tangents) {
        // Each window hands on the tangent of its largest element.
        var tx = tangents.getFirst();
        return List.of(max ? PoolWindows.taken(ops, this, inputs.getFirst(), tx)
                : ops.call(this, tx));
    }

    @Override
    public <V> List<V> batch(Ops<V> ops, long size, List<V> inputs, List<Boolean> mapped) {
        return ops.apply(this, BatchOps.spread(ops, size, inputs, mapped));
    }

    @Override
    public Residuals residuals(List<TensorType> inputs) {
        return Residuals.BOTH;
    }
}

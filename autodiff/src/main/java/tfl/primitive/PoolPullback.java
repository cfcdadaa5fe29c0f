package tfl.primitive;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.IntPredicate;
import tfl.tensor.TensorType;

/** {@code x, y, dy -> dx} of a maximum, {@code x, dy -> dx} of an average. */
public record PoolPullback(Pool of) implements Primitive {
    @Override
    public String name() {
        return "pullback of " + of.name();
    }

    @Override
    public List<TensorType> shape(List<TensorType> inputs) {
        return List.of(inputs.getFirst());
    }

    @Override
    public Lowering lower(List<TensorType> inputs) {
        return new Lowering.Launch(of.kernel(inputs.getFirst(), true));
    }

    @Override
    public <V> List<V> vjp(Ops<V> ops, List<V> inputs, List<V> outputs, List<V> cotangents, IntPredicate wanted) {
        var result = new ArrayList<V>(Collections.nCopies(inputs.size(), null));
        var ct = cotangents.getFirst();
        // dx is linear in dy: dy gets back what its window's element was handed.
        result.set(inputs.size() - 1, of.max() ? taken(ops, inputs, ct) : ops.call(of, ct));
        return result;
    }

    // Where each maximum was found: positions, spread by this very pullback, that is by a cotangent of each
    // window's own position and of ones. To stay clear of overlaps, windows are laid out first, so that they
    // do not.
    private <V> V taken(Ops<V> ops, List<V> inputs, V ct) {
        var windows = new PoolWindows(of, ops.type(inputs.getFirst()).shape(), ops.type(inputs.get(1)).shape());
        var a = Algebra.of(ops);
        var x = windows.lay(ops, inputs.get(0), Double.NEGATIVE_INFINITY);
        int last = ops.type(x).shape().rank() - 1;
        var where = ops.call(new ArgExtreme(true, last), x);
        var index = a.column(where);
        var picked = AlongAxis.take(ops, windows.lay(ops, ct, 0), index, last);
        return a.reshape(picked, ops.type(inputs.get(1)).shape());
    }

    @Override
    public Residuals residuals(List<TensorType> inputs) {
        return Residuals.INPUTS;
    }
}

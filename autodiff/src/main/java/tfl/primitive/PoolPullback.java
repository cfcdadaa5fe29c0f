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
        result.set(inputs.size() - 1, of.max() ? PoolWindows.taken(ops, of, inputs.getFirst(), ct) : ops.call(of, ct));
        return result;
    }

    @Override
    public <V> List<V> jvp(Ops<V> ops, List<V> inputs, List<V> outputs, List<V> tangents) {
        // Where the largest elements are does not change along with x: only dy moves dx.
        var moved = new ArrayList<>(inputs);
        moved.set(inputs.size() - 1, tangents.getLast());
        return tangents.getLast() == null ? Matrices.only(null) : ops.apply(this, moved);
    }

    @Override
    public <V> List<V> batch(Ops<V> ops, long size, List<V> inputs, List<Boolean> mapped) {
        return ops.apply(this, BatchOps.spread(ops, size, inputs, mapped));
    }

    @Override
    public Residuals residuals(List<TensorType> inputs) {
        return Residuals.INPUTS;
    }
}

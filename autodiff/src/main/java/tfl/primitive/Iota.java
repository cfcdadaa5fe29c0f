package tfl.primitive;

import java.util.Collections;
import java.util.List;
import java.util.function.IntPredicate;
import tfl.kernel.Kernel;
import tfl.kernel.ScalarExpr;
import tfl.tensor.TensorType;

/** Each element is {@code start + step * i}, for its position i along an axis: no operands. */
public record Iota(TensorType type, int axis, double start, double step) implements Primitive {
    /** Each element is its position along the axis. */
    public Iota(TensorType type, int axis) {
        this(type, axis, 0, 1);
    }

    @Override
    public String name() {
        return "arange";
    }

    @Override
    public List<TensorType> shape(List<TensorType> inputs) {
        return List.of(type);
    }

    private ScalarExpr body() {
        var wide = type.dtype().isDifferentiable() ? tfl.tensor.DType.F64 : tfl.tensor.DType.I64;
        var position = Scalars.cast(wide, new ScalarExpr.Index(axis));
        var value = Scalars.add(Scalars.mul(position, Scalars.number(step, wide)), Scalars.number(start, wide));
        return Scalars.cast(type.dtype(), value);
    }

    @Override
    public Lowering lower(List<TensorType> inputs) {
        return new Lowering.Launch(new Kernel.Loop(List.of(), List.of(body())));
    }

    @Override
    public <V> List<V> vjp(Ops<V> ops, List<V> inputs, List<V> outputs, List<V> cotangents, IntPredicate wanted) {
        return List.of();
    }

    @Override
    public <V> List<V> jvp(Ops<V> ops, List<V> inputs, List<V> outputs, List<V> tangents) {
        return Collections.singletonList(null);
    }

    @Override
    public <V> List<V> batch(Ops<V> ops, long size, List<V> inputs, List<Boolean> mapped) {
        return MappedAxis.same(ops, size, this);
    }

    @Override
    public Residuals residuals(List<TensorType> inputs) {
        return Residuals.NONE;
    }
}

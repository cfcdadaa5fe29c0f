package tfl.primitive;

import java.util.Collections;
import java.util.List;
import java.util.function.IntPredicate;
import tfl.kernel.Kernel;
import tfl.kernel.ScalarExpr;
import tfl.tensor.TensorType;

/**
 * A tensor of that type filled with one number: no operands. {@code bits} as in {@link ScalarExpr.Constant}.
 */
public record Full(TensorType type, long bits) implements Primitive {
    /** Filled with a number; integers are truncated. */
    public static Full of(TensorType type, double value) {
        return new Full(type, Scalars.number(value, type.dtype()).bits());
    }

    @Override
    public String name() {
        return "full";
    }

    @Override
    public List<TensorType> shape(List<TensorType> inputs) {
        return List.of(type);
    }

    // Numbers change from call to call: a kernel form that nobody generates code for.
    @Override
    public Lowering lower(List<TensorType> inputs) {
        var number = new ScalarExpr.Constant(bits, type.dtype());
        return new Lowering.Launch(new Kernel.Assemble(type.dtype(), number, List.of()));
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

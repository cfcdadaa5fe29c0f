package tfl.primitive;

import java.util.Collections;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import tfl.kernel.Kernel;
import tfl.kernel.Kernel.Fold;
import tfl.tensor.DType;
import tfl.tensor.Shape;
import tfl.tensor.TensorType;

/**
 * Where the largest or smallest element lies along one axis, or in row-major order of all (axis -1); the
 * first wins.
 */
public record ArgExtreme(boolean largest, int axis) implements Primitive {
    @Override
    public String name() {
        return largest ? "argmax" : "argmin";
    }

    private Fold fold() {
        return largest ? Fold.ARG_MAX : Fold.ARG_MIN;
    }

    private List<Integer> axes(TensorType input) {
        return axis >= 0 ? List.of(axis) : IntStream.range(0, input.shape().rank()).boxed().toList();
    }

    @Override
    public List<TensorType> shape(List<TensorType> inputs) {
        var input = inputs.getFirst();
        Check.ordered(name(), input);
        var axes = axes(input);
        var shape = Reductions.shape(name(), input, axes).shape();
        Reductions.notEmpty(name(), input, axes);
        return List.of(new TensorType(DType.I64, shape));
    }

    @Override
    public Lowering lower(List<TensorType> inputs) {
        var dtype = inputs.getFirst().dtype();
        return new Lowering.Launch(new Kernel.Reduce(List.of(dtype), Scalars.input(0, dtype), fold(),
                axes(inputs.getFirst()), dtype, DType.I64));
    }

    @Override
    public <V> List<V> vjp(Ops<V> ops, List<V> inputs, List<V> outputs, List<V> cotangents, IntPredicate wanted) {
        return Collections.singletonList(null);
    }

    @Override
    public <V> List<V> jvp(Ops<V> ops, List<V> inputs, List<V> outputs, List<V> tangents) {
        return Collections.singletonList(null);
    }

    @Override
    public <V> List<V> batch(Ops<V> ops, long size, List<V> inputs, List<Boolean> mapped) {
        var x = inputs.getFirst();
        if (axis >= 0) {
            return List.of(ops.call(new ArgExtreme(largest, axis + 1), x));
        }
        long each = BatchOps.element(ops.type(x)).shape().size();
        return List.of(ops.call(new ArgExtreme(largest, 1), Algebra.of(ops).reshape(x, Shape.of(size, each))));
    }

    @Override
    public Residuals residuals(List<TensorType> inputs) {
        return Residuals.NONE;
    }
}

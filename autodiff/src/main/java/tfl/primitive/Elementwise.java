package tfl.primitive;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import tfl.kernel.Kernel;
import tfl.kernel.ScalarExpr;
import tfl.tensor.DType;
import tfl.tensor.TensorType;

/**
 * An operation on one element at a time. It says one scalar expression for each output; shape, meaning,
 * kernel and derivatives follow from it. All operands have one shape.
 */
public sealed interface Elementwise extends Primitive
        permits Unary, Binary, Select, Cast, Activation, Clip, WrapIndex, Fused, Pullback, Pushforward {
    /**
     * One expression for each output.
     *
     * @throws ShapeProblem if the operation does not take these dtypes
     */
    List<ScalarExpr> bodies(List<DType> inputs);

    @Override
    default List<TensorType> shape(List<TensorType> inputs) {
        Check.sameShapes(name(), inputs);
        var shape = inputs.getFirst().shape();
        return bodies(Check.dtypes(inputs)).stream().map(body -> new TensorType(body.dtype(), shape)).toList();
    }

    @Override
    default Lowering lower(List<TensorType> inputs) {
        var dtypes = Check.dtypes(inputs);
        return new Lowering.Launch(new Kernel.Loop(dtypes, bodies(dtypes)));
    }

    @Override
    default <V> List<V> vjp(Ops<V> ops, List<V> inputs, List<V> outputs, List<V> cotangents, IntPredicate wanted) {
        var dtypes = inputs.stream().map(input -> ops.type(input).dtype()).toList();
        var pullback = Pullback.of(this, dtypes, cotangents.stream().map(ct -> ct != null).toList(), wanted);
        var values = new ArrayList<V>(inputs);
        values.addAll(outputs);
        values.addAll(cotangents);
        return pullback.apply(ops, values);
    }

    @Override
    default <V> List<V> jvp(Ops<V> ops, List<V> inputs, List<V> outputs, List<V> tangents) {
        return Pushforward.push(this, ops, inputs, outputs, tangents);
    }

    @Override
    default <V> List<V> batch(Ops<V> ops, long size, List<V> inputs, List<Boolean> mapped) {
        return ops.apply(behindMappedAxis(), BatchOps.spread(ops, size, inputs, mapped));
    }

    /** The same with one more axis in front: another one only where a formula reads positions. */
    default Elementwise behindMappedAxis() {
        return this;
    }

    @Override
    default Residuals residuals(List<TensorType> inputs) {
        return Pullback.of(this, Check.dtypes(inputs)).reads();
    }
}

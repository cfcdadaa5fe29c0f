package tfl.primitive;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import tfl.kernel.Kernel;
import tfl.tensor.Tensor;
import tfl.tensor.TensorType;

/**
 * {@code base, part -> base with a window replaced by part}: element i of the part goes to {@code start + i *
 * step}. Steps may be negative. The meaning of {@code x[0:2, :] = v}.
 */
public record Insert(List<Long> start, List<Long> step) implements Primitive {
    @Override
    public String name() {
        return "index assignment";
    }

    @Override
    public List<TensorType> shape(List<TensorType> inputs) {
        var base = inputs.get(0);
        var part = inputs.get(1);
        if (base.dtype() != part.dtype() || base.shape().rank() != part.shape().rank()) {
            throw new ShapeProblem("TFL-E0307", "a part " + part + " does not fit into {0}: " + base, null,
                    "the tensor");
        }
        new Slice(start, Arrays.stream(part.shape().dims()).boxed().toList(), step).shape(List.of(base));
        return List.of(base);
    }

    @Override
    public List<Tensor> eval(List<Tensor> inputs) {
        var out = Meaning.move(inputs.get(0), inputs.get(0).type(), at -> at);
        Meaning.insert(out, inputs.get(1), start, step);
        return List.of(out);
    }

    @Override
    public Lowering lower(List<TensorType> inputs) {
        return new Lowering.Launch(new Kernel.Assemble(inputs.getFirst().dtype(), null,
                List.of(new Kernel.Window(start, step))));
    }

    @Override
    public <V> List<V> vjp(Ops<V> ops, List<V> inputs, List<V> outputs, List<V> cotangents, IntPredicate wanted) {
        var ct = cotangents.getFirst();
        var part = ops.type(inputs.get(1));
        // The replaced window of the base had no influence.
        var base = wanted.test(0) ? ops.call(this, ct, ops.full(part, 0)) : null;
        var count = Arrays.stream(part.shape().dims()).boxed().toList();
        return Arrays.asList(base, wanted.test(1) ? ops.call(new Slice(start, count, step), ct) : null);
    }

    @Override
    public <V> List<V> jvp(Ops<V> ops, List<V> inputs, List<V> outputs, List<V> tangents) {
        return ops.apply(this, Algebra.of(ops).orZeros(tangents, inputs));
    }

    @Override
    public <V> List<V> batch(Ops<V> ops, long size, List<V> inputs, List<Boolean> mapped) {
        var insert = new Insert(MappedAxis.before(0, start), MappedAxis.before(1, step));
        return ops.apply(insert, BatchOps.spread(ops, size, inputs, mapped));
    }

    @Override
    public Residuals residuals(List<TensorType> inputs) {
        return Residuals.NONE;
    }
}

package tfl.primitive;

import java.util.List;
import java.util.function.IntPredicate;
import tfl.kernel.Kernel;
import tfl.kernel.UnaryOp;
import tfl.tensor.TensorType;

/** {@code x - log(sum(exp(x)))} along the last axis, without overflow, in one pass over the rows. */
public record LogSoftmax() implements Primitive {
    @Override
    public String name() {
        return "log_softmax";
    }

    @Override
    public List<TensorType> shape(List<TensorType> inputs) {
        Check.floats(name(), inputs.getFirst());
        Check.axis(name(), -1, inputs.getFirst().shape().rank());
        return inputs;
    }

    @Override
    public Lowering lower(List<TensorType> inputs) {
        var row = new Rows(inputs.getFirst().dtype());
        var largest = row.stage(row.input(0), Kernel.Fold.MAX);
        var total = row.stage(Scalars.unary(UnaryOp.EXP, Scalars.sub(row.input(0), largest)), Kernel.Fold.SUM);
        var shift = row.stage(Scalars.add(Scalars.unary(UnaryOp.LOG, total), largest), Kernel.Fold.SUM);
        return row.kernel(1, Scalars.sub(row.input(0), shift));
    }

    @Override
    public <V> List<V> vjp(Ops<V> ops, List<V> inputs, List<V> outputs, List<V> cotangents, IntPredicate wanted) {
        var back = new RowPullback(RowPullback.Of.LOG_SOFTMAX, 0);
        return List.of(ops.call(back, outputs.getFirst(), cotangents.getFirst()));
    }

    @Override
    public <V> List<V> jvp(Ops<V> ops, List<V> inputs, List<V> outputs, List<V> tangents) {
        // ty = tx − sum(exp(y) tx)
        var a = Algebra.of(ops);
        var row = RowAlgebra.of(a, outputs.getFirst());
        var tx = tangents.getFirst();
        return List.of(a.sub(tx, row.sum(a.mul(a.unary(UnaryOp.EXP, outputs.getFirst()), tx))));
    }

    @Override
    public <V> List<V> batch(Ops<V> ops, long size, List<V> inputs, List<Boolean> mapped) {
        return ops.apply(this, BatchOps.spread(ops, size, inputs, mapped));
    }

    @Override
    public Residuals residuals(List<TensorType> inputs) {
        return Residuals.OUTPUTS;
    }
}

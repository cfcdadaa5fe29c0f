package tfl.primitive;

import java.util.List;
import java.util.function.IntPredicate;
import tfl.kernel.BinaryOp;
import tfl.kernel.Kernel;
import tfl.kernel.UnaryOp;
import tfl.tensor.TensorType;

/** {@code exp(x) / sum(exp(x))} along the last axis, without overflow, in one pass over the rows. */
public record Softmax() implements Primitive {
    @Override
    public String name() {
        return "softmax";
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
        var power = Scalars.unary(UnaryOp.EXP, Scalars.sub(row.input(0), largest));
        var total = row.stage(power, Kernel.Fold.SUM);
        var share = row.stage(Scalars.binary(BinaryOp.DIV, Scalars.like(total, 1), total), Kernel.Fold.SUM);
        return row.kernel(1, Scalars.mul(power, share));
    }

    @Override
    public <V> List<V> vjp(Ops<V> ops, List<V> inputs, List<V> outputs, List<V> cotangents, IntPredicate wanted) {
        var back = new RowPullback(RowPullback.Of.SOFTMAX, 0);
        return List.of(ops.call(back, outputs.getFirst(), cotangents.getFirst()));
    }

    @Override
    public <V> List<V> jvp(Ops<V> ops, List<V> inputs, List<V> outputs, List<V> tangents) {
        // The Jacobian diag(y) − y yᵀ is symmetric: pushing is pulling.
        var push = new RowPullback(RowPullback.Of.SOFTMAX, 0);
        return List.of(ops.call(push, outputs.getFirst(), tangents.getFirst()));
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

package tfl.primitive;

import java.util.List;
import java.util.function.IntPredicate;
import tfl.kernel.BinaryOp;
import tfl.kernel.Kernel.Fold;
import tfl.tensor.TensorType;

/** The largest or smallest element over axes (ascending), which disappear; NaN wins. */
public record ReduceExtreme(boolean largest, List<Integer> axes) implements Primitive {
    @Override
    public String name() {
        return largest ? "max" : "min";
    }

    private Fold fold() {
        return largest ? Fold.MAX : Fold.MIN;
    }

    @Override
    public List<TensorType> shape(List<TensorType> inputs) {
        Check.ordered(name(), inputs.getFirst());
        var type = Reductions.shape(name(), inputs.getFirst(), axes);
        Reductions.notEmpty(name(), inputs.getFirst(), axes);
        return List.of(type);
    }

    @Override
    public Lowering lower(List<TensorType> inputs) {
        var input = inputs.getFirst();
        return new Lowering.Launch(new tfl.kernel.Kernel.Reduce(List.of(input.dtype()),
                Scalars.input(0, input.dtype()), fold(), axes, input.dtype(), input.dtype()));
    }

    @Override
    public <V> List<V> vjp(Ops<V> ops, List<V> inputs, List<V> outputs, List<V> cotangents, IntPredicate wanted) {
        // Elements that equal the extreme share its cotangent.
        var algebra = Algebra.of(ops);
        var x = inputs.getFirst();
        var shape = ops.type(x).shape();
        var wins = ops.call(new Binary(BinaryOp.EQ), x, Reductions.spread(ops, outputs.getFirst(), axes, shape));
        var share = ops.call(new Cast(ops.type(x).dtype()), wins);
        var count = ops.call(new ReduceSum(axes), share);
        var each = Reductions.spread(ops, algebra.div(cotangents.getFirst(), count), axes, shape);
        return List.of(ops.call(new Select(), wins, each, algebra.zeros(each)));
    }
}

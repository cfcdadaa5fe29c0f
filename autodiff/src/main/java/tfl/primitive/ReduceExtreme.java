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
        var a = Algebra.of(ops);
        var wins = wins(a, inputs.getFirst(), outputs.getFirst());
        var share = a.div(cotangents.getFirst(), count(a, wins, outputs.getFirst()));
        var each = Reductions.spread(ops, share, axes, a.shape(wins));
        return List.of(ops.call(new Select(), wins, each, a.zeros(each)));
    }

    private <V> V wins(Algebra<V> a, V x, V extreme) {
        return a.binary(BinaryOp.EQ, x, Reductions.spread(a.ops(), extreme, axes, a.shape(x)));
    }

    private <V> V count(Algebra<V> a, V wins, V extreme) {
        return a.sum(a.ops().call(new Cast(a.dtype(extreme)), wins), axes);
    }

    @Override
    public <V> List<V> jvp(Ops<V> ops, List<V> inputs, List<V> outputs, List<V> tangents) {
        // The mean of the tangents of those that equal the extreme; nothing equals NaN.
        var a = Algebra.of(ops);
        var wins = wins(a, inputs.getFirst(), outputs.getFirst());
        var count = count(a, wins, outputs.getFirst());
        var sum = a.sum(a.select(wins, tangents.getFirst(), a.zeros(tangents.getFirst())), axes);
        return List.of(a.div(sum, a.binary(BinaryOp.MAX, count, a.ones(count))));
    }

    @Override
    public <V> List<V> batch(Ops<V> ops, long size, List<V> inputs, List<Boolean> mapped) {
        return ops.apply(new ReduceExtreme(largest, MappedAxis.behind(axes)), inputs);
    }
}

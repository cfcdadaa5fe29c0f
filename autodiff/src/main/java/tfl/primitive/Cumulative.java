package tfl.primitive;

import java.util.List;
import java.util.function.IntPredicate;
import tfl.kernel.BinaryOp;
import tfl.kernel.Kernel;
import tfl.kernel.Kernel.Fold;
import tfl.tensor.DType;
import tfl.tensor.TensorType;

/**
 * A running sum, product, maximum or minimum along an axis: element i folds elements 0 to i, without i itself
 * if {@code exclusive}, from the end if {@code reverse}.
 */
public record Cumulative(Fold fold, int axis, boolean reverse, boolean exclusive) implements Primitive {
    @Override
    public String name() {
        return "cumulative_" + fold.name().toLowerCase(java.util.Locale.ROOT);
    }

    @Override
    public List<TensorType> shape(List<TensorType> inputs) {
        Check.axis(name(), axis, inputs.getFirst().shape().rank());
        if (fold == Fold.MAX || fold == Fold.MIN) {
            Check.ordered(name(), inputs.getFirst());
            if (exclusive) {
                throw new ShapeProblem("TFL-E0304", name() + " cannot leave the element itself out", null);
            }
        }
        return inputs;
    }

    @Override
    public Lowering lower(List<TensorType> inputs) {
        var dtype = inputs.getFirst().dtype();
        return new Lowering.Launch(new Kernel.Scan(dtype, fold, axis, reverse, exclusive, dtype));
    }

    @Override
    public <V> List<V> vjp(Ops<V> ops, List<V> inputs, List<V> outputs, List<V> cotangents, IntPredicate wanted) {
        var ct = cotangents.getFirst();
        var back = new Cumulative(Fold.SUM, axis, !reverse, exclusive);
        return List.of(switch (fold) {
            // Element i is a summand of all results from i on.
            case SUM -> ops.call(back, ct);
            case PROD -> productRule(ops, inputs.getFirst(), outputs.getFirst(), ct);
            default -> extremeRule(ops, inputs.getFirst(), outputs.getFirst(), ct);
        });
    }

    // dx_i = (sum over results j from i on of ct_j y_j) / x_i; a factor 0 is replaced by 1 and handled apart:
    // only the first zero of a row has a slope, the running product with it left out.
    private <V> V productRule(Ops<V> ops, V x, V y, V ct) {
        var a = Algebra.of(ops);
        var back = new Cumulative(Fold.SUM, axis, !reverse, exclusive);
        var zero = a.binary(BinaryOp.EQ, x, a.zeros(x));
        var safe = ops.call(new Select(), zero, a.ones(x), x);
        var plain = a.divConj(ops.call(back, a.timesConj(ct, y)), safe);
        var counts = ops.call(new Cast(a.dtype(x)), zero);
        var zerosSoFar = ops.call(new Cumulative(Fold.SUM, axis, reverse, false), counts);
        var first = a.binary(BinaryOp.AND, zero, a.binary(BinaryOp.EQ, zerosSoFar, a.ones(x)));
        var zerosInside = ops.call(new Cumulative(Fold.SUM, axis, reverse, exclusive), counts);
        var factors = ops.call(new Select(), first, a.ones(x), x);
        var withoutFirst = ops.call(new Cumulative(fold, axis, reverse, exclusive), factors);
        var one = a.binary(BinaryOp.EQ, zerosInside, a.ones(x));
        var terms = ops.call(new Select(), one, a.timesConj(ct, withoutFirst), a.zeros(x));
        return ops.call(new Select(), first, ops.call(back, terms), ops.call(new Select(), zero, a.zeros(x), plain));
    }

    // A result belongs to the latest element that equals it: the running extreme of those elements'
    // positions.
    private <V> V extremeRule(Ops<V> ops, V x, V y, V ct) {
        var a = Algebra.of(ops);
        var positions = new TensorType(DType.I64, ops.type(x).shape());
        var never = ops.full(positions, reverse ? positions.shape().dim(axis) : -1);
        var changes = a.select(a.binary(BinaryOp.EQ, x, y), a.positions(positions.shape(), axis), never);
        var source = ops.call(new Cumulative(reverse ? Fold.MIN : Fold.MAX, axis, reverse, false), changes);
        return AlongAxis.add(ops, a.zeros(x), ct, source, axis);
    }
}

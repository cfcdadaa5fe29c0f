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
            default -> AlongAxis.add(ops, ops.full(ops.type(ct), 0), ct,
                    source(ops, inputs.getFirst(), outputs.getFirst()), axis);
        });
    }

    // dx_i = (sum over results j from i on of ct_j y_j) / x_i; factors 0 are handled apart.
    private <V> V productRule(Ops<V> ops, V x, V y, V ct) {
        var a = Algebra.of(ops);
        var back = new Cumulative(Fold.SUM, axis, !reverse, exclusive);
        var zeros = Zeros.of(ops, this, x);
        var plain = a.divConj(ops.call(back, a.timesConj(ct, y)), zeros.replaced);
        var terms = a.select(zeros.one, a.timesConj(ct, zeros.withoutFirst), a.zeros(x));
        return a.select(zeros.first, ops.call(back, terms), a.select(zeros.all, a.zeros(x), plain));
    }

    // t_j = y_j * (sum over elements i up to j of t_i / x_i); factors 0 are handled apart.
    private <V> V productTangent(Ops<V> ops, V x, V y, V t) {
        var a = Algebra.of(ops);
        var sum = new Cumulative(Fold.SUM, axis, reverse, exclusive);
        var zeros = Zeros.of(ops, this, x);
        var plain = a.mul(y, ops.call(sum, a.div(t, zeros.replaced)));
        var ofFirst = ops.call(sum, a.select(zeros.first, t, a.zeros(t)));
        return a.select(zeros.one, a.mul(zeros.withoutFirst, ofFirst), plain);
    }

    /**
     * The factors 0 of running products. Only the first of a row has a slope: the running product with it left out,
     * as long as it is the only one inside.
     *
     * @param all whether each element is 0
     * @param replaced the elements, 1 instead of 0
     * @param first whether each element is the first 0
     * @param one whether exactly one 0 is inside each running product
     * @param withoutFirst the running products, the first 0 left out
     */
    private record Zeros<V>(V all, V replaced, V first, V one, V withoutFirst) {
        static <V> Zeros<V> of(Ops<V> ops, Cumulative product, V x) {
            var a = Algebra.of(ops);
            var all = a.binary(BinaryOp.EQ, x, a.zeros(x));
            var counts = ops.call(new Cast(a.dtype(x)), all);
            var soFar = ops.call(new Cumulative(Fold.SUM, product.axis, product.reverse, false), counts);
            var inside = product.exclusive
                    ? ops.call(new Cumulative(Fold.SUM, product.axis, product.reverse, true), counts) : soFar;
            var first = a.binary(BinaryOp.AND, all, a.binary(BinaryOp.EQ, soFar, a.ones(x)));
            return new Zeros<>(all, a.select(all, a.ones(x), x), first, a.binary(BinaryOp.EQ, inside, a.ones(x)),
                    ops.call(product, a.select(first, a.ones(x), x)));
        }
    }

    // A result belongs to the latest element that equals it: the running extreme of those elements'
    // positions. NaN is neither smaller nor larger.
    private <V> V source(Ops<V> ops, V x, V y) {
        var a = Algebra.of(ops);
        var positions = new TensorType(DType.I64, ops.type(x).shape());
        var never = ops.full(positions, reverse ? positions.shape().dim(axis) : -1);
        var loses = a.binary(fold == Fold.MAX ? BinaryOp.LT : BinaryOp.GT, x, y);
        var changes = a.select(loses, never, a.positions(positions.shape(), axis));
        return ops.call(new Cumulative(reverse ? Fold.MIN : Fold.MAX, axis, reverse, false), changes);
    }

    @Override
    public <V> List<V> jvp(Ops<V> ops, List<V> inputs, List<V> outputs, List<V> tangents) {
        var t = tangents.getFirst();
        return List.of(switch (fold) {
            case SUM -> ops.call(this, t);
            case PROD -> productTangent(ops, inputs.getFirst(), outputs.getFirst(), t);
            default -> AlongAxis.take(ops, t, source(ops, inputs.getFirst(), outputs.getFirst()), axis);
        });
    }

    @Override
    public <V> List<V> batch(Ops<V> ops, long size, List<V> inputs, List<Boolean> mapped) {
        return ops.apply(new Cumulative(fold, axis + 1, reverse, exclusive), inputs);
    }
}

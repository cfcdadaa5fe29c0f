package tfl.optimise;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
import tfl.graph.Literal;
import tfl.kernel.BinaryOp;
import tfl.optimise.Term.Number;
import tfl.optimise.Term.One;
import tfl.primitive.Binary;
import tfl.primitive.BroadcastTo;
import tfl.primitive.Cast;
import tfl.primitive.Primitive;
import tfl.primitive.ReduceExtreme;
import tfl.primitive.ReduceLogical;
import tfl.primitive.ReduceProd;
import tfl.primitive.ReduceSum;
import tfl.primitive.Reshape;
import tfl.tensor.DType;
import tfl.tensor.Shape;

/**
 * The rows of {@link Simplify} for folds over axes. Sums and products of floats depend on the order, and the sign of a
 * zero that a fold gives is the backend's own, so most rows are for integers.
 */
final class ReductionRows {
    private ReductionRows() {}

    static Term of(Term term) {
        return switch (term) {
            case One(_, ReduceSum(var axes), Number n) -> sum(n, axes, term);
            case One(_, ReduceExtreme _, Number n) when !n.is(-0.0) || isOrdered(n) ->
                new Number(new Literal(term.type(), n.atom().bits()));
            case One(_, ReduceProd _, Number n) when n.is(1) && !n.dtype().isComplex() -> Term.number(term.type(), 1);
            case One(_, ReduceLogical(boolean all, var axes), Number n) ->
                Term.number(term.type(), count(n.shape(), axes) == 0 ? all ? 1 : 0 : n.value() != 0 ? 1 : 0);
            case One(_, ReduceLogical(_, var axes), var x) when count(x.shape(), axes) == 1 ->
                reshaped(x.dtype() == DType.BOOL ? x : Term.of(new Cast(DType.BOOL), x), term.shape());
            case One(_, ReduceExtreme(_, var axes), var x) when count(x.shape(), axes) == 1 && isOrdered(x) ->
                reshaped(x, term.shape());
            case One(_, ReduceProd(var axes), var x) when count(x.shape(), axes) == 1 && isWhole(x) ->
                reshaped(x, term.shape());
            case One(_, ReduceSum(var axes), var x) when count(x.shape(), axes) == 1 && isWhole(x) ->
                reshaped(x, term.shape());
            case One(_, ReduceLogical(boolean all, var axes), One(_, ReduceLogical(boolean each, var inner), var x))
                    when all == each -> Term.of(new ReduceLogical(all, both(axes, inner)), x);
            case One(_, ReduceExtreme(boolean max, var axes), One(_, ReduceExtreme(boolean inside, var inner), var x))
                    when max == inside && isOrdered(x) -> Term.of(new ReduceExtreme(max, both(axes, inner)), x);
            case One(_, ReduceSum(var axes), One(_, ReduceSum(var inner), var x)) when isWhole(x) ->
                Term.of(new ReduceSum(both(axes, inner)), x);
            case One(_, ReduceProd(var axes), One(_, ReduceProd(var inner), var x)) when isWhole(x) ->
                Term.of(new ReduceProd(both(axes, inner)), x);
            case One(_, Primitive op, One(_, BroadcastTo(var wide), var x)) -> repeated(op, wide, x, term);
            default -> null;
        };
    }

    /** A fold of what is equal along all folded axes. */
    private static Term repeated(Primitive op, Shape wide, Term x, Term term) {
        return switch (op) {
            case ReduceExtreme(_, var axes) when repeats(axes, wide, x.shape()) && isOrdered(x) ->
                kept(axes, wide, x, term);
            case ReduceLogical(_, var axes) when repeats(axes, wide, x.shape()) && count(wide, axes) > 0 ->
                kept(axes, wide, x.dtype() == DType.BOOL ? x : Term.of(new Cast(DType.BOOL), x), term);
            case ReduceSum(var axes) when repeats(axes, wide, x.shape()) && isWhole(x) ->
                Term.of(new Binary(BinaryOp.MUL), kept(axes, wide, x, term),
                        new Number(Literal.wrapped(term.type(), count(wide, axes))));
            default -> null;
        };
    }

    private static boolean repeats(List<Integer> axes, Shape wide, Shape narrow) {
        int added = wide.rank() - narrow.rank();
        return axes.stream().allMatch(axis -> axis < added || narrow.dim(axis - added) == 1);
    }

    /** The value before it was repeated, without the folded axes. */
    private static Term kept(List<Integer> axes, Shape wide, Term x, Term term) {
        int added = wide.rank() - x.shape().rank();
        var dims = IntStream.range(0, x.shape().rank()).filter(axis -> !axes.contains(axis + added))
                .mapToLong(x.shape()::dim).toArray();
        var narrow = reshaped(x, Shape.of(dims));
        return narrow.shape().equals(term.shape()) ? narrow : Term.of(new BroadcastTo(term.shape()), narrow);
    }

    private static Term reshaped(Term x, Shape to) {
        return x.shape().equals(to) ? x : Term.of(new Reshape(to), x);
    }

    /** Bools have an order, but no sum. */
    private static boolean isOrdered(Term x) {
        return !x.dtype().isDifferentiable();
    }

    private static boolean isWhole(Term x) {
        return x.dtype().isInteger();
    }

    /** How many elements become one. */
    private static long count(Shape shape, List<Integer> axes) {
        return axes.stream().mapToLong(shape::dim).reduce(1, (a, b) -> a * b);
    }

    /** Axes of a value, then axes of what is left of it, as axes of the value. */
    private static List<Integer> both(List<Integer> outer, List<Integer> inner) {
        var left = new ArrayList<Integer>();
        for (int axis = 0; left.size() <= (outer.isEmpty() ? -1 : outer.getLast()); axis++) {
            if (!inner.contains(axis)) {
                left.add(axis);
            }
        }
        var axes = new TreeSet<>(inner);
        outer.forEach(axis -> axes.add(left.get(axis)));
        return List.copyOf(axes);
    }

    private static Term sum(Number n, List<Integer> axes, Term term) {
        long count = count(n.shape(), axes);
        if (isWhole(n)) {
            return new Number(Literal.wrapped(term.type(), n.atom().bits() * count));
        }
        return isExact(n, count) ? Term.number(term.type(), n.value() * count + 0.0) : null;
    }

    /** Whether every partial sum is a whole number that the accumulator holds, in whatever order. */
    private static boolean isExact(Number n, long count) {
        double value = n.value();
        double most = n.dtype() == DType.F64 ? 0x1p53 : 0x1p24;
        return value == Math.rint(value) && Math.abs(value) * count <= most && n.dtype().bytes() >= 4
                && !n.dtype().isComplex();
    }
}

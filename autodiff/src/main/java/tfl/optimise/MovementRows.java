package tfl.optimise;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import tfl.graph.Literal;
import tfl.optimise.Term.Many;
import tfl.optimise.Term.Number;
import tfl.optimise.Term.One;
import tfl.optimise.Term.Two;
import tfl.primitive.BroadcastTo;
import tfl.primitive.Concat;
import tfl.primitive.Full;
import tfl.primitive.Insert;
import tfl.primitive.Pad;
import tfl.primitive.Reshape;
import tfl.primitive.Slice;
import tfl.primitive.StopGradient;
import tfl.primitive.Transpose;
import tfl.tensor.Shape;
import tfl.tensor.TensorType;

/** The rows of {@link Simplify} for what only moves elements. */
final class MovementRows {
    private MovementRows() {}

    static Term of(Term term) {
        return switch (term) {
            case Many(_, Full(var type, long bits), _) -> new Number(type.dtype().isDifferentiable()
                    ? new Literal(type, bits) : Literal.wrapped(type, bits));
            case One(_, StopGradient(), var x) -> x;
            case One(_, Transpose _, Number n) -> spread(n, term);
            case One(_, Transpose(var order), var x) when isAscending(order) -> x;
            case One(_, Transpose(var order), One(_, Transpose(var inner), var x)) ->
                Term.of(new Transpose(order.stream().map(inner::get).toList()), x);
            case One(_, Transpose(var order), var x) when isAscending(order.stream()
                    .filter(axis -> x.shape().dim(axis) != 1).toList()) -> Term.of(new Reshape(term.shape()), x);
            case One(_, Reshape _, Number n) -> spread(n, term);
            case One(_, Reshape(var to), var x) when to.equals(x.shape()) -> x;
            case One(_, Reshape reshape, One(_, Reshape _, var x)) -> Term.of(reshape, x);
            case One(_, BroadcastTo _, Number n) -> spread(n, term);
            case One(_, BroadcastTo(var to), var x) when to.equals(x.shape()) -> x;
            case One(_, BroadcastTo(var to), var x) when to.size() == x.shape().size() -> Term.of(new Reshape(to), x);
            case One(_, BroadcastTo broadcast, One(_, BroadcastTo _, var x)) -> Term.of(broadcast, x);
            case One(_, BroadcastTo broadcast, One(_, Reshape(var middle), var x)) when isLed(middle, x.shape()) ->
                Term.of(broadcast, x);
            case One(_, Slice _, Number n) -> spread(n, term);
            case One(_, Slice slice, var x) -> slice(slice, x);
            case One(_, Pad pad, var x) when isZero(pad.low()) && isZero(pad.high()) && isZero(pad.interior()) -> x;
            case One(_, Pad pad, Number n) when n.atom().equals(number(n.type(), pad.value())) -> spread(n, term);
            case One(_, Concat _, var x) -> x;
            case Two(_, Concat concat, _, _) -> concat(concat, term);
            case Many(_, Concat concat, _) -> concat(concat, term);
            case Two(_, Insert _, var base, var part) when part.shape().size() == 0 -> base;
            case Two(_, Insert(var start, var step), var base, var part) when part.shape().equals(base.shape())
                    && isZero(start) && step.stream().allMatch(each -> each == 1) -> part;
            case Two(_, Insert _, Number base, Number part) when base.atom().bits() == part.atom().bits() -> base;
            default -> null;
        };
    }

    /** The number as parameters hold it: whole ones are truncated. */
    private static Literal number(TensorType type, double value) {
        return type.dtype().isDifferentiable() ? Literal.of(type, value) : Literal.wrapped(type, (long) value);
    }

    /** A repeated number stays one, wherever its copies go. */
    private static Term spread(Number number, Term result) {
        return new Number(new Literal(result.type(), number.atom().bits()));
    }

    private static boolean isAscending(List<Integer> order) {
        return IntStream.range(1, order.size()).allMatch(k -> order.get(k - 1) < order.get(k));
    }

    private static boolean isZero(List<Long> widths) {
        return widths.stream().allMatch(width -> width == 0);
    }

    /** Whether a shape is another one behind axes of size 1. */
    private static boolean isLed(Shape shape, Shape by) {
        int added = shape.rank() - by.rank();
        return added >= 0 && shape.size() == by.size()
                && IntStream.range(0, by.rank()).allMatch(axis -> shape.dim(axis + added) == by.dim(axis));
    }

    private static Term slice(Slice slice, Term x) {
        if (isWhole(slice, x.shape())) {
            return x;
        }
        return switch (x) {
            case One(_, Slice inner, var y) -> Term.of(after(slice, inner), y);
            case One(_, BroadcastTo _, var y) when leaves(slice, x.shape(), y.shape()) ->
                Term.of(new BroadcastTo(shape(slice)), y);
            case One(_, Pad pad, var y) when isZero(pad.interior()) && fits(slice, pad.low(), y.shape()) ->
                Term.of(shifted(slice, pad.low()), y);
            case Two(_, Concat(int axis), _, _) -> part(slice, axis, x.in());
            case Many(_, Concat(int axis), var parts) -> part(slice, axis, parts);
            default -> null;
        };
    }

    private static Shape shape(Slice slice) {
        return Shape.of(slice.count().stream().mapToLong(Long::longValue).toArray());
    }

    private static boolean isWhole(Slice slice, Shape shape) {
        return IntStream.range(0, shape.rank()).allMatch(axis -> slice.count().get(axis) == shape.dim(axis)
                && (shape.dim(axis) <= 1 || slice.step().get(axis) == 1));
    }

    /** The slice of a slice. */
    private static Slice after(Slice outer, Slice inner) {
        var start = new ArrayList<Long>();
        var step = new ArrayList<Long>();
        for (int axis = 0; axis < outer.start().size(); axis++) {
            start.add(inner.start().get(axis) + outer.start().get(axis) * inner.step().get(axis));
            step.add(inner.step().get(axis) * outer.step().get(axis));
        }
        return new Slice(List.copyOf(start), outer.count(), List.copyOf(step));
    }

    /** Whether a slice of a broadcast value cuts repeated axes only. */
    private static boolean leaves(Slice slice, Shape wide, Shape narrow) {
        int added = wide.rank() - narrow.rank();
        return IntStream.range(0, narrow.rank()).allMatch(axis -> narrow.dim(axis) == 1
                || slice.count().get(axis + added) == narrow.dim(axis) && slice.step().get(axis + added) == 1);
    }

    /** Whether a slice reads only a window of that shape, {@code low} elements from the front. */
    private static boolean fits(Slice slice, List<Long> low, Shape shape) {
        return IntStream.range(0, shape.rank()).allMatch(axis -> {
            long first = slice.start().get(axis) - low.get(axis);
            long last = first + (slice.count().get(axis) - 1) * slice.step().get(axis);
            return slice.count().get(axis) > 0 && Math.min(first, last) >= 0
                    && Math.max(first, last) < shape.dim(axis);
        });
    }

    private static Slice shifted(Slice slice, List<Long> by) {
        var start = IntStream.range(0, by.size()).mapToObj(axis -> slice.start().get(axis) - by.get(axis)).toList();
        return new Slice(start, slice.count(), slice.step());
    }

    /** A slice of joined parts that reads only one of them. */
    private static Term part(Slice slice, int axis, List<Term> parts) {
        var from = new ArrayList<>(Collections.nCopies(slice.start().size(), 0L));
        for (var part : parts) {
            if (fits(slice, from, part.shape())) {
                return Term.of(shifted(slice, from), part);
            }
            from.set(axis, from.get(axis) + part.shape().dim(axis));
        }
        return null;
    }

    private static Term concat(Concat concat, Term term) {
        var parts = term.in();
        if (parts.getFirst() instanceof Number first && parts.stream().allMatch(part ->
                part instanceof Number number && number.atom().bits() == first.atom().bits())) {
            return spread(first, term);
        }
        var joined = new ArrayList<Term>();
        for (var part : parts) {
            if (part.shape().dim(concat.axis()) != 0) {
                joined.addAll(isSame(part, concat) ? part.in() : List.of(part));
            }
        }
        return joined.isEmpty() ? parts.getFirst() : joined.equals(parts) ? null : Term.of(concat, joined);
    }

    private static boolean isSame(Term part, Concat concat) {
        return switch (part) {
            case One(_, Concat inner, _) -> inner.equals(concat);
            case Two(_, Concat inner, _, _) -> inner.equals(concat);
            case Many(_, Concat inner, _) -> inner.equals(concat);
            default -> false;
        };
    }
}

package tfl.interpreter.builtin.tensor;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import tfl.interpreter.ErrorKind;
import tfl.interpreter.TflException;
import tfl.interpreter.builtin.text.Concrete;
import tfl.interpreter.builtin.text.DeferredText;
import tfl.interpreter.builtin.text.Kinds;
import tfl.interpreter.foreign.ForeignObject;
import tfl.interpreter.foreign.ForeignSequence;
import tfl.interpreter.value.FieldsValue;
import tfl.interpreter.value.RangeValue;
import tfl.interpreter.value.StructValue;
import tfl.interpreter.value.TupleValue;
import tfl.kernel.BinaryOp;
import tfl.tensor.DType;
import tfl.tensor.TensorValue;
import tfl.transform.Lifted;

/** Comparisons of values as wholes: sameness, order, and membership. */
public final class Comparisons {
    private Comparisons() {}

    /**
     * Whether two values are the same; tensors are, if type and elements are. A {@code Boolean}, or one bool that only
     * the graph knows.
     */
    static Object equal(Object a, Object b) {
        var open = new ArrayList<TensorValue>();
        return !same(a, b, open) ? (Object) false : joined(BinaryOp.AND, open, true);
    }

    /**
     * The same where it must be known now.
     *
     * @throws tfl.primitive.ShapeProblem if it is known only when the graph runs
     */
    public static boolean same(Object a, Object b) {
        return same(a, b, null);
    }

    /** @param open takes what only the graph knows, all of which has to hold; null if all must be known */
    private static boolean same(Object a, Object b, List<TensorValue> open) {
        return switch (a) {
            case String left when b instanceof String right -> left.equals(right);
            case Long left when b instanceof Double right -> left.doubleValue() == right;
            case Double left when b instanceof Number right -> left == right.doubleValue();
            case TupleValue left when b instanceof TupleValue right -> {
                boolean same = left.size() == right.size();
                for (int i = 0; same && i < left.size(); i++) {
                    same = same(left.get(i), right.get(i), open);
                }
                yield same;
            }
            case TupleValue left when ForeignSequence.isList(b) -> same(left, ForeignSequence.tuple(b), open);
            case FieldsValue left when b instanceof FieldsValue right -> fields(left, right, open);
            case TensorValue left when b instanceof TensorValue right && !Lifted.isWeak(a) && !Lifted.isWeak(b) ->
                    tensors(left, right, open);
            case DeferredText text when isPlain(b) -> same(text.text(), b);
            case Lifted number when number.isWeak() && isPlain(b) -> numbers(number, b, open);
            case null, default -> switch (b) {
                case DeferredText text -> a instanceof String && same(a, text.text());
                case Lifted number when number.isWeak() -> isPlain(a) && numbers(number, a, open);
                case null, default -> a != null && (a.equals(b) || foreign(a, b));
            };
        };
    }

    /** A number that a transformation follows, and what may be one. */
    private static boolean numbers(Lifted number, Object other, List<TensorValue> open) {
        boolean known = Lifted.isKnown(number) && !(other instanceof Lifted lifted && !Lifted.isKnown(lifted));
        if (open == null || known) {
            return same(plain(number), other instanceof Lifted lifted ? plain(lifted) : other);
        }
        boolean isNumber = other instanceof Number || other instanceof Boolean || other instanceof Lifted;
        if (!isNumber || isTruth(number) != isTruth(other)) {
            return false;
        }
        open.add(Tensors.work(ops -> Operators.comparison(ops, BinaryOp.EQ, number, other)));
        return true;
    }

    private static boolean isTruth(Object value) {
        return value instanceof Boolean || value instanceof Lifted lifted && lifted.type().dtype() == DType.BOOL;
    }

    /** Conditions as one bool of the language; {@code none} if there are none. */
    private static Object joined(BinaryOp op, List<TensorValue> conditions, boolean none) {
        return conditions.stream()
                .reduce((a, b) -> Tensors.work(ops -> ops.binary(op, a, b)))
                .map(all -> all instanceof Lifted lifted ? (Object) lifted.weakened() : all).orElse(none);
    }

    /** Objects of Java and of other languages: lists by their elements, others as their class says. */
    private static boolean foreign(Object a, Object b) {
        boolean lists = ForeignSequence.isList(a) && (ForeignSequence.isList(b) || b instanceof TupleValue);
        return lists ? same(ForeignSequence.tuple(a), b instanceof TupleValue tuple ? tuple : ForeignSequence.tuple(b))
                : ForeignObject.same(a, b);
    }

    private static boolean isPlain(Object value) {
        return value instanceof Number || value instanceof Boolean || value instanceof String
                || value instanceof DeferredText || Lifted.isWeak(value);
    }

    private static Object plain(Lifted number) {
        return Conversion.scalarOrTensor(Concrete.of(number));
    }

    private static boolean fields(FieldsValue left, FieldsValue right, List<TensorValue> open) {
        boolean same = left.layout().names().equals(right.layout().names())
                && (left instanceof StructValue a ? right instanceof StructValue b && a.type() == b.type()
                        : !(right instanceof StructValue));
        for (int i = 0; same && i < left.size(); i++) {
            same = same(left.get(i), right.get(i), open);
        }
        return same;
    }

    private static boolean tensors(TensorValue left, TensorValue right, List<TensorValue> open) {
        if (!left.type().equals(right.type())) {
            return false;
        }
        if (open != null && !(Lifted.isKnown(left) && Lifted.isKnown(right))) {
            open.add(Tensors.work(ops -> Reductions.logical(ops, true, ops.binary(BinaryOp.EQ, left, right),
                    Axes.all(left.type().shape().rank()), false)));
            return true;
        }
        var a = Concrete.of(left);
        var b = Concrete.of(right);
        boolean same = true;
        for (long i = 0; same && i < a.size(); i++) {
            same = a.dtype().isDifferentiable()
                    ? a.readDouble(i) == b.readDouble(i) && a.readImaginary(i) == b.readImaginary(i)
                    : a.readLong(i) == b.readLong(i);
        }
        return same;
    }

    /**
     * Which comes first, as {@link java.util.Comparator} says it: numbers, strings, and tuples of those.
     *
     * @throws TflException if they have no order
     */
    public static int order(Object a, Object b, String symbol) {
        if (a instanceof String left && b instanceof String right) {
            return left.compareTo(right);
        }
        if (a instanceof Long left && b instanceof Long right) {
            return Long.compare(left, right);
        }
        if (a instanceof TupleValue left && b instanceof TupleValue right) {
            for (int i = 0; i < Math.min(left.size(), right.size()); i++) {
                int order = order(left.get(i), right.get(i), symbol);
                if (order != 0) {
                    return order;
                }
            }
            return Integer.compare(left.size(), right.size());
        }
        var foreign = ForeignObject.order(a, b);
        if (foreign != null) {
            return foreign;
        }
        var left = number(a);
        var right = number(b);
        if (left == null || right == null) {
            throw TflException.of(ErrorKind.TYPE, "TFL-E0350",
                    symbol + " does not fit " + Kinds.describe(a) + " and "
                    + Kinds.describe(b) + ": they have no order", null);
        }
        return Double.compare(left, right);
    }

    private static Double number(Object value) {
        return value instanceof Boolean truth ? (Double) (truth ? 1.0 : 0.0) : Conversion.number(value);
    }

    /**
     * Whether a string has a part, a tuple or a range an element, a record a field. A {@code Boolean}, or one bool that
     * only the graph knows.
     */
    static Object has(Object whole, Object part) {
        return whole instanceof TupleValue tuple ? among(tuple, part) : contains(whole, part);
    }

    private static Object among(TupleValue tuple, Object part) {
        var open = new ArrayList<TensorValue>();
        for (var element : tuple.elements()) {
            switch (equal(element, part)) {
                case TensorValue condition -> open.add(condition);
                case Object known when (boolean) known -> {
                    return true;
                }
                default -> { }
            }
        }
        return joined(BinaryOp.OR, open, false);
    }

    /** The same where it must be known now. */
    public static boolean contains(Object whole, Object part) {
        return switch (whole) {
            case String text when part instanceof String piece -> text.contains(piece);
            case FieldsValue fields when part instanceof String name -> fields.layout().indexOf(name) >= 0;
            case RangeValue range -> part instanceof Number number && contains(range, number);
            case TupleValue tuple -> tuple.elements().stream().anyMatch(element -> same(element, part));
            case Object map when ForeignSequence.isMap(map) -> ForeignSequence.entry(map, part) != null;
            case Object foreign when ForeignSequence.isWalkable(foreign) ->
                isAmong(part, ForeignSequence.walk(foreign));
            case null, default -> throw Operators.unfit("in", part, whole);
        };
    }

    private static boolean isAmong(Object part, Iterator<Object> walk) {
        while (walk.hasNext()) {
            if (same(walk.next(), part)) {
                return true;
            }
        }
        return false;
    }

    private static boolean contains(RangeValue range, Number number) {
        long value = number.longValue();
        if (value != number.doubleValue() || range.size() == 0) {
            return false;
        }
        long distance = value - range.start();
        return distance % range.step() == 0 && distance / range.step() >= 0
                && distance / range.step() < range.size();
    }
}

package tfl.language.shape;

import java.util.ArrayList;
import java.util.List;
import tfl.language.ast.BinaryOperator;
import tfl.language.ast.ComparisonOperator;
import tfl.language.ast.UnaryOperator;
import tfl.language.shape.ShapeFault.Mismatch;

/** What operators, brackets and dots make of what is known of their operands. */
final class Operations {
    /** An entry of {@code x[...]}: an int, a slice, a new axis, all the others, or what is not sure. */
    sealed interface Entry {
        record At(Value value) implements Entry {}

        record Slice(Long start, Long stop, Long step, boolean sure) implements Entry {}

        record Ellipsis() implements Entry {}
    }

    private Operations() {}

    static Value binary(BinaryOperator operator, Value a, Value b) {
        if (operator == BinaryOperator.MATMUL) {
            return a instanceof Value.Tensor(String left, var x) && b instanceof Value.Tensor(String right, var y)
                    ? Value.tensor(Rules.promote(left, right), Rules.matmul(x, y)) : Value.UNKNOWN;
        }
        if (a instanceof Value.Int(Dim x) && b instanceof Value.Int(Dim y)) {
            return whole(operator, x, y);
        }
        if (a.isScalar() && b.isScalar()) {
            return (a.equals(Value.FLOAT) || b.equals(Value.FLOAT)) && operator != BinaryOperator.FLOOR_DIVIDE
                    ? Value.FLOAT : Value.UNKNOWN;
        }
        if (a instanceof Value.Tuple(var x) && b instanceof Value.Tuple(var y) && operator == BinaryOperator.ADD) {
            var all = new ArrayList<>(x);
            all.addAll(y);
            return new Value.Tuple(all);
        }
        if (a.equals(Value.TEXT) && b.equals(Value.TEXT) && operator == BinaryOperator.ADD) {
            return Value.TEXT;
        }
        return elementwise(operator, a, b);
    }

    private static Value whole(BinaryOperator operator, Dim x, Dim y) {
        return switch (operator) {
            case ADD -> new Value.Int(x.plus(y));
            case SUBTRACT -> new Value.Int(x.minus(y));
            case MULTIPLY -> new Value.Int(x.times(y));
            case FLOOR_DIVIDE -> new Value.Int(x.isNumber() && y.isNumber() && y.offset() > 0
                    ? Dim.of(Math.floorDiv(x.offset(), y.offset())) : Dim.UNKNOWN);
            case REMAINDER -> new Value.Int(x.isNumber() && y.isNumber() && y.offset() > 0
                    ? Dim.of(Math.floorMod(x.offset(), y.offset())) : Dim.UNKNOWN);
            case DIVIDE -> Value.FLOAT;
            case POWER -> Value.UNKNOWN;
            default -> Value.INT;
        };
    }

    private static Value elementwise(BinaryOperator operator, Value a, Value b) {
        boolean bitwise = switch (operator) {
            case BITWISE_AND, BITWISE_OR, BITWISE_XOR, SHIFT_LEFT, SHIFT_RIGHT -> true;
            default -> false;
        };
        boolean divides = operator == BinaryOperator.DIVIDE || operator == BinaryOperator.POWER;
        if (a instanceof Value.Tensor(String left, var x) && b instanceof Value.Tensor(String right, var y)) {
            // What is no integer has no bits: another error, which the program tells of.
            var shape = bitwise && (isFloat(left) || isFloat(right)) ? null
                    : Rules.broadcast(x, y, "the left operand", "the right operand");
            return Value.tensor(divided(divides, Rules.promote(left, right)), shape);
        }
        if (a instanceof Value.Tensor(String dtype, var shape) && b.isScalar()) {
            return Value.tensor(divided(divides, Rules.weak(dtype, b)), shape);
        }
        if (b instanceof Value.Tensor(String dtype, var shape) && a.isScalar()) {
            return Value.tensor(divided(divides, Rules.weak(dtype, a)), shape);
        }
        return Value.UNKNOWN;
    }

    private static boolean isFloat(String dtype) {
        return dtype == null || dtype.startsWith("f") || dtype.startsWith("bf") || dtype.startsWith("c");
    }

    private static String divided(boolean divides, String dtype) {
        return divides && !isFloat(dtype) ? null : dtype;
    }

    static Value unary(UnaryOperator operator, Value x) {
        return switch (x) {
            case Value.Int(Dim dim) when operator == UnaryOperator.NEGATE -> new Value.Int(dim.times(Dim.of(-1)));
            case Value.Truth(boolean truth) when operator == UnaryOperator.NOT -> new Value.Truth(!truth);
            case Value.Tensor tensor when operator != UnaryOperator.NOT -> tensor;
            case Value.Plain plain when plain.equals(Value.FLOAT) && operator == UnaryOperator.NEGATE -> plain;
            default -> operator == UnaryOperator.NOT ? Value.BOOL : Value.UNKNOWN;
        };
    }

    static Value compare(ComparisonOperator operator, Value a, Value b) {
        if (operator == ComparisonOperator.IN || operator == ComparisonOperator.NOT_IN) {
            return Value.BOOL;
        }
        if (a instanceof Value.Tensor(_, var x) && b instanceof Value.Tensor(_, var y)) {
            return Value.tensor("bool", Rules.broadcast(x, y, "the left operand", "the right operand"));
        }
        if (a instanceof Value.Tensor(_, var shape) && b.isScalar()) {
            return Value.tensor("bool", shape);
        }
        if (b instanceof Value.Tensor(_, var shape) && a.isScalar()) {
            return Value.tensor("bool", shape);
        }
        var truth = a instanceof Value.Int(Dim x) && b instanceof Value.Int(Dim y) ? compare(operator, x, y)
                : a instanceof Value.Tuple(var x) && b instanceof Value.Tuple(var y) ? equal(operator, x, y) : null;
        return truth != null ? new Value.Truth(truth) : a.isScalar() && b.isScalar() ? Value.BOOL : Value.UNKNOWN;
    }

    private static Boolean compare(ComparisonOperator operator, Dim x, Dim y) {
        if (x.isNumber() && y.isNumber()) {
            int order = Long.compare(x.offset(), y.offset());
            return switch (operator) {
                case EQUAL -> order == 0;
                case NOT_EQUAL -> order != 0;
                case LESS -> order < 0;
                case LESS_EQUAL -> order <= 0;
                case GREATER -> order > 0;
                case GREATER_EQUAL -> order >= 0;
                default -> null;
            };
        }
        boolean asks = operator == ComparisonOperator.EQUAL || operator == ComparisonOperator.NOT_EQUAL;
        return !asks || !x.surelyEquals(y) && !x.surelyDiffers(y) ? null
                : x.surelyEquals(y) == (operator == ComparisonOperator.EQUAL);
    }

    private static Boolean equal(ComparisonOperator operator, List<Value> x, List<Value> y) {
        if (operator != ComparisonOperator.EQUAL && operator != ComparisonOperator.NOT_EQUAL) {
            return null;
        }
        boolean same = x.size() == y.size();
        for (int i = 0; i < x.size() && same; i++) {
            var each = compare(ComparisonOperator.EQUAL, x.get(i), y.get(i));
            if (!(each instanceof Value.Truth(boolean truth))) {
                return null;
            }
            same = truth;
        }
        return same == (operator == ComparisonOperator.EQUAL);
    }

    /** {@code x.name} of a tensor; null if it has no such property. */
    static Value property(Value.Tensor x, String name) {
        return switch (name) {
            case "shape" -> x.shape() == null ? Value.UNKNOWN
                    : new Value.Tuple(x.shape().stream().map(each -> (Value) new Value.Int(each)).toList());
            case "rank" -> x.shape() == null ? Value.INT : new Value.Int(Dim.of(x.shape().size()));
            case "size" -> new Value.Int(x.shape() == null ? Dim.UNKNOWN
                    : x.shape().stream().reduce(Dim.of(1), Dim::times));
            case "dtype" -> x.dtype() == null ? Value.UNKNOWN : new Value.Builtin(x.dtype());
            case "T" -> x.shape() != null && x.shape().size() == 2
                    ? Value.tensor(x.dtype(), PreludeRules.transposed(x.shape())) : Value.tensor(x.dtype(), null);
            case "mT" -> Value.tensor(x.dtype(), PreludeRules.transposed(x.shape()));
            default -> null;
        };
    }

    // Brackets

    static Value index(Value.Tensor x, List<Entry> entries) {
        if (x.shape() == null || x.shape().isEmpty()) {
            return Value.tensor(x.dtype(), null);
        }
        if (entries.stream().filter(Entry.Ellipsis.class::isInstance).count() > 1) {
            return Value.tensor(x.dtype(), null);
        }
        int used = 0;
        for (var entry : entries) {
            switch (entry) {
                case Entry.At(Value.Int _), Entry.Slice _ -> used++;
                case Entry.At(Value.Plain none) when none.equals(Value.NONE) -> { }
                case Entry.Ellipsis _ -> { }
                default -> {
                    return Value.tensor(x.dtype(), null);
                }
            }
        }
        int rank = x.shape().size();
        if (used > rank) {
            throw new Mismatch("TFL-E0325", "{0} has " + rank + (rank == 1 ? " axis" : " axes") + ", but " + used
                    + " are indexed", null, "the tensor");
        }
        return Value.tensor(x.dtype(), selected(x.shape(), entries, rank - used));
    }

    private static List<Dim> selected(List<Dim> shape, List<Entry> entries, int others) {
        var dims = new ArrayList<Dim>();
        int axis = 0;
        for (var entry : entries) {
            switch (entry) {
                case Entry.At(Value.Int(Dim index)) -> {
                    inBounds(index, axis, shape.get(axis));
                    axis++;
                }
                case Entry.At _ -> dims.add(Dim.of(1));
                case Entry.Slice slice -> dims.add(slice(slice, shape.get(axis++)));
                case Entry.Ellipsis _ -> {
                    dims.addAll(shape.subList(axis, axis + others));
                    axis += others;
                }
            }
        }
        dims.addAll(shape.subList(axis, shape.size()));
        return dims;
    }

    private static void inBounds(Dim index, int axis, Dim size) {
        if (index.isNumber() && size.isNumber()
                && (index.offset() >= size.offset() || index.offset() < -size.offset())) {
            throw new Mismatch("TFL-E0305", "index " + index + " is out of bounds for axis " + axis
                    + " of {0}, whose size is " + size, size.is(0) ? null : "indices go from -" + size + " to "
                            + (size.offset() - 1), "the tensor");
        }
    }

    private static Dim slice(Entry.Slice slice, Dim size) {
        boolean whole = slice.start == null && slice.stop == null
                && (slice.step == null || slice.step == 1 || slice.step == -1);
        if (slice.sure && whole) {
            return size;
        }
        if (!slice.sure || !size.isNumber() || slice.step != null && slice.step != 1) {
            return Dim.UNKNOWN;
        }
        long start = slice.start == null ? 0 : clamp(slice.start, size.offset());
        long stop = slice.stop == null ? size.offset() : clamp(slice.stop, size.offset());
        return Dim.of(Math.max(0, stop - start));
    }

    private static long clamp(long bound, long size) {
        return Math.clamp(bound < 0 ? bound + size : bound, 0, size);
    }
}

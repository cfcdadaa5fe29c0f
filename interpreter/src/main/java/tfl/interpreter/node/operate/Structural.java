package tfl.interpreter.node.operate;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import tfl.interpreter.builtin.tensor.Comparisons;
import tfl.interpreter.value.FieldsValue;
import tfl.interpreter.value.RangeValue;
import tfl.interpreter.value.TupleValue;
import tfl.language.ast.BinaryOperator;
import tfl.language.ast.ComparisonOperator;
import tfl.tensor.TensorValue;

/**
 * Operators on what is neither number nor tensor: strings, tuples, records; null where the operator means
 * nothing.
 */
final class Structural {
    private static final int LONGEST = 100_000_000;

    private Structural() {}

    @TruffleBoundary
    static Object compare(ComparisonOperator operator, Object left, Object right) {
        return switch (operator) {
            case EQUAL, NOT_EQUAL -> isWhole(left) && isWhole(right)
                    ? (Object) (Comparisons.same(left, right) == (operator == ComparisonOperator.EQUAL)) : null;
            case IN, NOT_IN -> {
                Boolean inside = contains(right, left);
                yield inside == null ? null : (Object) (inside == (operator == ComparisonOperator.IN));
            }
            default -> left instanceof String a && right instanceof String b ? (Object) holds(operator,
                    a.compareTo(b)) : null;
        };
    }

    /** Equality is that of wholes, unless a side is a tensor or number, or becomes a tensor beside one. */
    private static boolean isWhole(Object value) {
        return !(value instanceof TensorValue);
    }

    private static boolean holds(ComparisonOperator operator, int order) {
        return switch (operator) {
            case LESS -> order < 0;
            case LESS_EQUAL -> order <= 0;
            case GREATER -> order > 0;
            default -> order >= 0;
        };
    }

    private static Boolean contains(Object sequence, Object element) {
        return switch (sequence) {
            case String text when element instanceof String part -> text.contains(part);
            case FieldsValue record when element instanceof String name -> record.layout().indexOf(name) >= 0;
            case RangeValue range when element instanceof Long number -> {
                long distance = number - range.start();
                yield distance % range.step() == 0 && distance / range.step() >= 0
                        && distance / range.step() < range.size();
            }
            case TupleValue tuple -> {
                boolean found = false;
                for (int i = 0; !found && i < tuple.size(); i++) {
                    found = Comparisons.same(tuple.get(i), element);
                }
                yield found;
            }
            default -> null;
        };
    }

    @TruffleBoundary
    static Object binary(BinaryOperator operator, Object left, Object right) {
        return switch (operator) {
            case ADD -> left instanceof TupleValue a && right instanceof TupleValue b ? a.concat(b)
                    : left instanceof String c && right instanceof String d ? c + d : null;
            case MULTIPLY -> left instanceof String text && right instanceof Long count ? repeated(text, count)
                    : left instanceof TupleValue tuple && right instanceof Long times ? repeated(tuple, times)
                            : null;
            default -> null;
        };
    }

    private static String repeated(String text, long count) {
        return count > LONGEST / Math.max(1, text.length()) ? null : text.repeat((int) Math.max(0, count));
    }

    private static TupleValue repeated(TupleValue tuple, long count) {
        if (count > LONGEST / Math.max(1, tuple.size())) {
            return null;
        }
        var all = new Object[tuple.size() * (int) Math.max(0, count)];
        for (int i = 0; i < all.length; i++) {
            all[i] = tuple.get(i % tuple.size());
        }
        return new TupleValue(all);
    }
}

package tfl.interpreter.builtin.tensor;

import tfl.interpreter.ErrorKind;
import tfl.interpreter.TflException;
import tfl.interpreter.builtin.text.Kinds;
import tfl.language.ast.BinaryOperator;
import tfl.language.ast.ComparisonOperator;
import tfl.language.ast.UnaryOperator;

/** Operators on plain numbers, for callers that have no node: the meaning is that of the operator nodes. */
final class ScalarArithmetic {
    private ScalarArithmetic() {}

    static Object binary(BinaryOperator operator, Object left, Object right) {
        if (left instanceof Boolean a && right instanceof Boolean b) {
            switch (operator) {
                case BITWISE_AND -> {
                    return a & b;
                }
                case BITWISE_OR -> {
                    return a | b;
                }
                case BITWISE_XOR -> {
                    return a ^ b;
                }
                default -> { }
            }
        }
        if (integer(left) instanceof Long a && integer(right) instanceof Long b) {
            return integers(operator, a, b, left, right);
        }
        return floats(operator, number(left), number(right), left, right);
    }

    private static Object integers(BinaryOperator operator, long a, long b, Object left, Object right) {
        try {
            return switch (operator) {
                case ADD -> Math.addExact(a, b);
                case SUBTRACT -> Math.subtractExact(a, b);
                case MULTIPLY -> Math.multiplyExact(a, b);
                case DIVIDE -> (double) a / nonZero(b);
                case FLOOR_DIVIDE -> Math.floorDivExact(a, nonZero(b));
                case REMAINDER -> Math.floorMod(a, nonZero(b));
                case POWER -> b < 0 ? (Object) Math.pow(a, b) : Math.powExact(a, Math.toIntExact(b));
                case BITWISE_AND -> a & b;
                case BITWISE_OR -> a | b;
                case BITWISE_XOR -> a ^ b;
                case SHIFT_LEFT -> shift(b) == b && a << b >> b == a ? a << b : overflow();
                case SHIFT_RIGHT -> a >> shift(b);
                case MATMUL -> throw Operators.unfit("@", left, right);
            };
        } catch (ArithmeticException tooLarge) {
            throw TflException.of(ErrorKind.ARITHMETIC, "TFL-E0231", a + " " + operator.symbol() + " " + b
                    + " does not fit an int (64 bits)", "use floats: float(x)");
        }
    }

    private static long overflow() {
        throw new ArithmeticException();
    }

    private static long shift(long amount) {
        if (amount < 0) {
            throw TflException.of(ErrorKind.ARITHMETIC, "TFL-E0233", "a shift by the negative amount " + amount,
                    "shift the other way");
        }
        return Math.min(amount, 63);
    }

    private static long nonZero(long divisor) {
        if (divisor == 0) {
            throw TflException.of(ErrorKind.ARITHMETIC, "TFL-E0232", "division of an int by zero",
                    "a float gives inf or nan");
        }
        return divisor;
    }

    private static Object floats(BinaryOperator operator, double a, double b, Object left, Object right) {
        return switch (operator) {
            case ADD -> a + b;
            case SUBTRACT -> a - b;
            case MULTIPLY -> a * b;
            case DIVIDE -> a / b;
            case FLOOR_DIVIDE -> FloatArithmetic.floorDivide(a, b);
            case REMAINDER -> FloatArithmetic.remainder(a, b);
            case POWER -> FloatArithmetic.power(a, b);
            default -> throw Operators.unfit(operator.symbol(), left, right);
        };
    }

    static Object unary(UnaryOperator operator, Object value) {
        return switch (operator) {
            case PLUS -> value instanceof Boolean ? integer(value) : value;
            case NEGATE -> value instanceof Double number ? (Object) (-number)
                    : Math.negateExact(integer(value));
            case INVERT -> switch (value) {
                case Boolean truth -> !truth;
                case Long number -> ~number;
                default -> throw TflException.of(ErrorKind.TYPE, "TFL-E0350", "~ does not fit "
                        + Kinds.describe(value));
            };
            case NOT -> !(value instanceof Boolean truth && truth);
        };
    }

    static boolean compare(ComparisonOperator operator, Object left, Object right) {
        boolean whole = integer(left) != null && integer(right) != null;
        boolean less = whole ? integer(left) < integer(right) : number(left) < number(right);
        boolean equal = whole ? integer(left).equals(integer(right)) : number(left) == number(right);
        return switch (operator) {
            case EQUAL -> equal;
            case NOT_EQUAL -> !equal;
            case LESS -> less;
            case LESS_EQUAL -> less || equal;
            case GREATER -> whole ? !less && !equal : number(left) > number(right);
            case GREATER_EQUAL -> whole ? !less : number(left) >= number(right);
            case IN, NOT_IN -> throw Operators.unfit(operator.symbol(), left, right);
        };
    }

    static Long integer(Object value) {
        return value instanceof Long number ? number : value instanceof Boolean truth
                ? (Long) (truth ? 1L : 0L) : null;
    }

    static double number(Object value) {
        return value instanceof Double number ? number : integer(value).doubleValue();
    }
}

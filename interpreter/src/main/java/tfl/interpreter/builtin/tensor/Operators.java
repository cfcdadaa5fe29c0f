package tfl.interpreter.builtin.tensor;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import tfl.interpreter.ErrorKind;
import tfl.interpreter.TflException;
import tfl.interpreter.builtin.text.Concrete;
import tfl.interpreter.builtin.text.Kinds;
import tfl.interpreter.foreign.ForeignSequence;
import tfl.interpreter.value.RangeValue;
import tfl.interpreter.value.TupleValue;
import tfl.kernel.BinaryOp;
import tfl.kernel.UnaryOp;
import tfl.language.ast.BinaryOperator;
import tfl.language.ast.ComparisonOperator;
import tfl.language.ast.UnaryOperator;
import tfl.primitive.Activation;
import tfl.primitive.ShapeProblem;
import tfl.tensor.DType;
import tfl.tensor.TensorValue;
import tfl.transform.Lifted;

/**
 * Operators where an operand is a tensor or a range. They never free their operands.
 *
 * <p>Where shapes or dtypes do not fit, a {@link ShapeProblem} is thrown whose operands {@code {0} {1}} are
 * left and right.
 */
public final class Operators {
    private static final long LONGEST = 100_000_000;

    private Operators() {}

    /** {@code left op right}, elementwise but for {@code @}. */
    @TruffleBoundary
    public static Object binary(BinaryOperator operator, Object left, Object right) {
        if (!(left instanceof TensorValue) && !(right instanceof TensorValue) && isScalar(left)
                && isScalar(right)) {
            return ScalarArithmetic.binary(operator, left, right);
        }
        if (left instanceof String || left instanceof TupleValue) {
            return joined(operator, left, right);
        }
        return Tensors.work(ops -> result(ops, left, right,
                binary(ops, operator, operand(ops, operator.symbol(), left, right, left),
                        operand(ops, operator.symbol(), left, right, right))));
    }

    /** Of two numbers a number, though no transformation may be at work on it any more. */
    private static Object result(Tensors ops, Object left, Object right, TensorValue value) {
        return Tensors.isNumber(left) && Tensors.isNumber(right) ? ops.number(value) : value;
    }

    private static Object joined(BinaryOperator operator, Object left, Object right) {
        if (operator == BinaryOperator.ADD && left instanceof String a && right instanceof String b) {
            return a + b;
        }
        if (operator == BinaryOperator.ADD && left instanceof TupleValue a && right instanceof TupleValue b) {
            return a.concat(b);
        }
        if (operator == BinaryOperator.MULTIPLY && right instanceof Long times) {
            return left instanceof String text ? text.repeat(count(text.length(), times))
                    : repeated((TupleValue) left, count(((TupleValue) left).size(), times));
        }
        throw unfit(operator.symbol(), left, right);
    }

    private static int count(int size, long times) {
        if (times > LONGEST / Math.max(1, size)) {
            throw TflException.of(ErrorKind.MEMORY, "TFL-E0292", "out of memory: the result would have a length of "
                    + size + " times " + times);
        }
        return (int) Math.max(0, times);
    }

    private static TupleValue repeated(TupleValue tuple, int times) {
        var all = new Object[tuple.size() * times];
        for (int i = 0; i < all.length; i++) {
            all[i] = tuple.get(i % tuple.size());
        }
        return TupleValue.of(all);
    }

    private static boolean isScalar(Object value) {
        return value instanceof Long || value instanceof Double || value instanceof Boolean;
    }

    // Tuples are sequences of anything; that one means a tensor has to be said.
    private static Object operand(Tensors ops, String symbol, Object left, Object right, Object value) {
        return switch (value) {
            case TensorValue tensor -> tensor;
            case RangeValue range -> Conversion.tensor(ops, range);
            case Long number -> number;
            case Double number -> number;
            case Boolean truth -> truth;
            default -> throw unfit(symbol, left, right);
        };
    }

    static TflException unfit(String symbol, Object left, Object right) {
        String help = null;
        if (left instanceof TensorValue && right instanceof TupleValue
                || left instanceof TupleValue && right instanceof TensorValue) {
            help = "a tensor is made by [ ] or asarray(x)";
        } else if (symbol.equals("+") && (left instanceof String || right instanceof String)) {
            help = "convert it first: str(x), or write \"{x}\"";
        }
        return TflException.of(ErrorKind.TYPE, "TFL-E0350",
                symbol + " does not fit " + Kinds.describe(left) + " and "
                + Kinds.describe(right), help);
    }

    /** The operator on tensors and weak scalars. */
    static TensorValue binary(Tensors ops, BinaryOperator operator, Object left, Object right) {
        return switch (operator) {
            case ADD -> arithmetic(ops, BinaryOp.ADD, left, right);
            case SUBTRACT -> arithmetic(ops, BinaryOp.SUB, left, right);
            case MULTIPLY -> arithmetic(ops, BinaryOp.MUL, left, right);
            case DIVIDE -> ops.divide(left, right);
            case FLOOR_DIVIDE -> arithmetic(ops, BinaryOp.FLOOR_DIV, left, right);
            case REMAINDER -> arithmetic(ops, BinaryOp.MOD, left, right);
            case POWER -> power(ops, left, right);
            case BITWISE_AND -> bitwise(ops, operator, BinaryOp.AND, left, right);
            case BITWISE_OR -> bitwise(ops, operator, BinaryOp.OR, left, right);
            case BITWISE_XOR -> bitwise(ops, operator, BinaryOp.XOR, left, right);
            case SHIFT_LEFT -> bitwise(ops, operator, BinaryOp.SHIFT_LEFT, left, right);
            case SHIFT_RIGHT -> bitwise(ops, operator, BinaryOp.SHIFT_RIGHT, left, right);
            case MATMUL -> Products.matmul(ops, matrix(left, right, left), matrix(left, right, right));
        };
    }

    private static TensorValue matrix(Object left, Object right, Object operand) {
        if (operand instanceof TensorValue tensor && !Lifted.isWeak(tensor)) {
            return tensor;
        }
        throw TflException.of(ErrorKind.TYPE, "TFL-E0350", "@ does not fit " + Kinds.describe(left) + " and "
                + Kinds.describe(right), "multiply by a number with *");
    }

    // Asked before promotion, which would make floats of both operands.
    private static TensorValue bitwise(Tensors ops, BinaryOperator operator, BinaryOp op, Object left, Object right) {
        for (var operand : new Object[] {left, right}) {
            boolean whole = operand instanceof TensorValue tensor ? !tensor.type().dtype().isDifferentiable()
                    && !tensor.type().dtype().isComplex() : !(operand instanceof Double);
            if (!whole) {
                throw new ShapeProblem("TFL-E0303", operator.symbol() + " takes integers and bools, "
                        + (operand == left ? "{0}" : "{1}") + " is " + Kinds.describe(operand), null,
                        "the left operand", "the right operand");
            }
        }
        return ops.binary(op, left, right);
    }

    /** Arithmetic, in which bools count as the integers 0 and 1. */
    static TensorValue arithmetic(Tensors ops, BinaryOp op, Object left, Object right) {
        if (left instanceof TensorValue a && right instanceof TensorValue b && a.type().equals(b.type())
                && a.type().dtype() != DType.BOOL) {
            return ops.binary(op, a, b);
        }
        var dtype = Tensors.meet(left, right);
        return ops.binary(op, left, right, dtype == DType.BOOL ? DType.I64 : dtype);
    }

    /** A power; common constant exponents take their short ways. */
    static TensorValue power(Tensors ops, Object left, Object right) {
        if (left instanceof TensorValue base && right instanceof Number exponent) {
            boolean real = base.type().dtype().isDifferentiable();
            double value = exponent.doubleValue();
            boolean product = base.type().dtype() != DType.BOOL && (real || right instanceof Long);
            if (product && value == 2) {
                return ops.activation(Activation.Function.SQUARE, base);
            }
            if (product && value == 3 && !Lifted.isWeak(base)) {
                return ops.activation(Activation.Function.CUBE, base);
            }
            if (product && value == 4 && !Lifted.isWeak(base)) {
                return ops.activation(Activation.Function.SQUARE, ops.activation(Activation.Function.SQUARE, base));
            }
            if (real && value == 0.5) {
                return ops.unary(UnaryOp.SQRT, base);
            }
            if (real && value == -1) {
                return ops.unary(UnaryOp.RECIPROCAL, base);
            }
            if (!real && right instanceof Long && value < 0) {
                throw TflException.of(ErrorKind.VALUE, "TFL-E0353",
                        "integers to a negative power are no integers",
                        "convert the base first: x.astype(f32)");
            }
        }
        if (Lifted.isWeak(right) && ((TensorValue) right).type().dtype().isInteger() && isWhole(left)) {
            // The sign of the exponent says whether the result is an int.
            throw new ShapeProblem("TFL-E0360", "an int to the power of an int that is known only when the graph runs",
                    "write a float base, such as 2.0");
        }
        return arithmetic(ops, BinaryOp.POW, left, right);
    }

    private static boolean isWhole(Object value) {
        return value instanceof Long || Lifted.isWeak(value) && ((TensorValue) value).type().dtype().isInteger();
    }

    /**
     * {@code left op right} for comparisons: elementwise where a side is a tensor, of the wholes otherwise;
     * {@code in} asks whether any element is equal.
     */
    @TruffleBoundary
    public static Object compare(ComparisonOperator operator, Object left, Object right) {
        if (isScalar(left) && isScalar(right)) {
            return ScalarArithmetic.compare(operator, left, right);
        }
        if (!isElementwise(operator, left, right)) {
            return whole(operator, left, right);
        }
        return Tensors.work(ops -> switch (operator) {
            case EQUAL -> result(ops, left, right, compared(ops, BinaryOp.EQ, "==", left, right));
            case NOT_EQUAL -> result(ops, left, right, compared(ops, BinaryOp.NE, "!=", left, right));
            case LESS -> result(ops, left, right, compared(ops, BinaryOp.LT, "<", left, right));
            case LESS_EQUAL -> result(ops, left, right, compared(ops, BinaryOp.LE, "<=", left, right));
            case GREATER -> result(ops, left, right, compared(ops, BinaryOp.GT, ">", left, right));
            case GREATER_EQUAL -> result(ops, left, right, compared(ops, BinaryOp.GE, ">=", left, right));
            case IN -> contains(ops, left, right);
            case NOT_IN -> not(contains(ops, left, right));
        });
    }

    /** Whether a side is a tensor. A number that a transformation follows is one to other numbers and to tensors. */
    private static boolean isElementwise(ComparisonOperator operator, Object left, Object right) {
        boolean number = Lifted.isWeak(left) && !isNumber(right) || Lifted.isWeak(right) && !isNumber(left);
        boolean whole = operator == ComparisonOperator.EQUAL || operator == ComparisonOperator.NOT_EQUAL;
        return (left instanceof TensorValue || right instanceof TensorValue)
                && !(whole && number || isMembership(operator) && right instanceof TupleValue);
    }

    private static boolean isNumber(Object value) {
        return isScalar(value) || value instanceof TensorValue;
    }

    private static boolean isMembership(ComparisonOperator operator) {
        return operator == ComparisonOperator.IN || operator == ComparisonOperator.NOT_IN;
    }

    private static Object whole(ComparisonOperator operator, Object left, Object right) {
        return switch (operator) {
            case EQUAL -> Comparisons.equal(left, right);
            case NOT_EQUAL -> not(Comparisons.equal(left, right));
            case LESS -> Comparisons.order(left, right, "<") < 0;
            case LESS_EQUAL -> Comparisons.order(left, right, "<=") <= 0;
            case GREATER -> Comparisons.order(left, right, ">") > 0;
            case GREATER_EQUAL -> Comparisons.order(left, right, ">=") >= 0;
            case IN -> Comparisons.has(right, left);
            case NOT_IN -> not(Comparisons.has(right, left));
        };
    }

    private static Object not(Object truth) {
        return truth instanceof Lifted unknown
                ? ((Lifted) Tensors.work(ops -> ops.unary(UnaryOp.NOT, unknown))).weakened() : !(boolean) truth;
    }

    private static Object contains(Tensors ops, Object element, Object sequence) {
        if (ForeignSequence.isWalkable(sequence)) {
            return Comparisons.contains(sequence, element);
        }
        var equal = compared(ops, BinaryOp.EQ, "in", element, sequence);
        var any = Reductions.logical(ops, false, equal, Axes.all(equal.type().shape().rank()), false);
        return Lifted.isKnown(any) ? (Object) (Concrete.of(any).readLong(0) != 0) : ops.weakened((Lifted) any);
    }

    private static TensorValue compared(Tensors ops, BinaryOp op, String symbol, Object left, Object right) {
        return comparison(ops, op, operand(ops, symbol, left, right, left),
                operand(ops, symbol, left, right, right));
    }

    /** A comparison in a dtype that holds both sides exactly, as far as there is one. */
    static TensorValue comparison(Tensors ops, BinaryOp op, Object left, Object right) {
        var dtype = Tensors.meet(left, right);
        if (dtype.isInteger() && !(fits(left, dtype) && fits(right, dtype))) {
            dtype = DType.I64;
        } else if (dtype.isFloat() && (isInteger(left) || isInteger(right))) {
            dtype = DType.F64;
        }
        return ops.binary(op, left, right, dtype);
    }

    private static boolean fits(Object operand, DType dtype) {
        return !(operand instanceof Long number) || Promotion.fits(number, dtype);
    }

    private static boolean isInteger(Object operand) {
        return operand instanceof TensorValue tensor && tensor.type().dtype().isInteger();
    }

    /** {@code op value}. */
    @TruffleBoundary
    public static Object unary(UnaryOperator operator, Object value) {
        if (isScalar(value)) {
            return ScalarArithmetic.unary(operator, value);
        }
        return Tensors.work(ops -> result(ops, value, value,
                unary(ops, operator, operand(ops, operator.symbol(), value))));
    }

    private static TensorValue operand(Tensors ops, String symbol, Object value) {
        if (value instanceof TensorValue tensor) {
            return tensor;
        }
        if (value instanceof RangeValue range) {
            return Conversion.tensor(ops, range);
        }
        throw TflException.of(ErrorKind.TYPE, "TFL-E0350",
                symbol + " does not fit " + Kinds.describe(value));
    }

    private static TensorValue unary(Tensors ops, UnaryOperator operator, TensorValue value) {
        return switch (operator) {
            case PLUS -> value;
            case NEGATE -> ops.unary(UnaryOp.NEG, value);
            case INVERT -> ops.unary(UnaryOp.NOT, value);
            case NOT -> throw TflException.of(ErrorKind.TYPE, "TFL-E0354", "not takes a bool, this is "
                    + value.type(), "~ inverts a tensor of bools elementwise");
        };
    }

    /** {@code [a, b]}: tensors and numbers of equal shapes along a new first axis. */
    @TruffleBoundary
    public static TensorValue stack(Object[] elements) {
        return Tensors.work(ops -> Stacking.stack(ops, elements.clone()));
    }
}

package tfl.primitive;

import static tfl.primitive.Scalars.add;
import static tfl.primitive.Scalars.binary;
import static tfl.primitive.Scalars.div;
import static tfl.primitive.Scalars.like;
import static tfl.primitive.Scalars.mul;
import static tfl.primitive.Scalars.neg;
import static tfl.primitive.Scalars.select;
import static tfl.primitive.Scalars.square;
import static tfl.primitive.Scalars.sub;
import static tfl.primitive.Scalars.unary;

import tfl.kernel.BinaryOp;
import tfl.kernel.ScalarExpr;
import tfl.kernel.UnaryOp;

/** The derivative of each scalar operation, as expressions. */
final class Slopes {
    private Slopes() {}

    /** {@code dy/dx} for {@code y = op x}, or null where the operation is no such function or is flat. */
    static ScalarExpr of(UnaryOp op, ScalarExpr x, ScalarExpr y) {
        return switch (op) {
            case SQRT -> div(like(y, 0.5), y);
            case RSQRT -> mul(mul(y, square(y)), -0.5);
            case RECIPROCAL -> neg(square(y));
            case EXP -> y;
            case EXPM1 -> add(y, like(y, 1));
            case LOG -> reciprocal(x);
            case LOG1P -> reciprocal(add(x, like(x, 1)));
            case LOG2 -> reciprocal(mul(x, Math.log(2)));
            case LOG10 -> reciprocal(mul(x, Math.log(10)));
            case SIN -> unary(UnaryOp.COS, x);
            case COS -> neg(unary(UnaryOp.SIN, x));
            case TAN -> add(square(y), like(y, 1));
            case ASIN -> inverseRoot(sub(like(x, 1), square(x)));
            case ACOS -> neg(inverseRoot(sub(like(x, 1), square(x))));
            case ATAN -> reciprocal(add(square(x), like(x, 1)));
            case SINH -> unary(UnaryOp.COSH, x);
            case COSH -> unary(UnaryOp.SINH, x);
            case TANH -> sub(like(y, 1), square(y));
            case ASINH -> inverseRoot(add(square(x), like(x, 1)));
            case ACOSH -> inverseRoot(sub(square(x), like(x, 1)));
            case ATANH -> reciprocal(sub(like(x, 1), square(x)));
            case ERF -> mul(unary(UnaryOp.EXP, neg(square(x))), 2 / Math.sqrt(Math.PI));
            case SIGMOID -> mul(y, sub(like(y, 1), y));
            case LGAMMA -> unary(UnaryOp.DIGAMMA, x);
            case DIGAMMA -> trigamma(x);
            default -> null;
        };
    }

    /**
     * What {@code t} changes in the direction {@code y = x / |x|} of a complex number: what of it is across, over the
     * magnitude, and nothing at 0. Its own transpose.
     */
    static ScalarExpr across(ScalarExpr x, ScalarExpr y, ScalarExpr t) {
        var magnitude = unary(UnaryOp.ABS, x);
        var along = unary(UnaryOp.REAL, mul(t, Scalars.conj(y)));
        var change = div(sub(t, mul(y, Scalars.cast(t.dtype(), along))), Scalars.cast(t.dtype(), magnitude));
        return select(binary(BinaryOp.EQ, magnitude, like(magnitude, 0)), like(x, 0), change);
    }

    static boolean mayBeInfinite(UnaryOp op) {
        return switch (op) {
            case SQRT, RSQRT, RECIPROCAL, LOG, LOG1P, LOG2, LOG10, EXP -> true;
            case TAN, ASIN, ACOS, ACOSH, ATANH, LGAMMA, DIGAMMA -> true;
            default -> false;
        };
    }

    /**
     * The partial derivatives of an operation of two operands, null where it is flat.
     *
     * @param mayBeInfinite whether one of them may be
     */
    record Partials(ScalarExpr left, ScalarExpr right, boolean mayBeInfinite) {}

    /** {@code dy/da} and {@code dy/db} for {@code y = a op b}, or null where the operation is flat in both. */
    static Partials of(BinaryOp op, ScalarExpr a, ScalarExpr b, ScalarExpr y) {
        return switch (op) {
            case ADD -> finite(like(a, 1), like(b, 1));
            case SUB -> finite(like(a, 1), like(b, -1));
            case MUL -> finite(b, a);
            case DIV -> new Partials(div(like(b, 1), b), neg(div(y, b)), true);
            case MOD -> finite(like(a, 1), neg(unary(UnaryOp.FLOOR, div(a, b))));
            case POW -> new Partials(powBase(a, b), powExponent(a, b, y), true);
            case MAX -> finite(share(BinaryOp.GT, a, b), share(BinaryOp.LT, a, b));
            case MIN -> finite(share(BinaryOp.LT, a, b), share(BinaryOp.GT, a, b));
            case ATAN2 -> {
                var radius = add(square(a), square(b));
                yield new Partials(div(b, radius), neg(div(a, radius)), true);
            }
            case HYPOT -> finite(part(a, y), part(b, y));
            case LOGADDEXP -> finite(weight(a, y), weight(b, y));
            case COPYSIGN -> finite(mul(unary(UnaryOp.SIGN, a), binary(op, like(b, 1), b)), null);
            case NEXTAFTER -> finite(like(a, 1), null);
            default -> null;
        };
    }

    private static Partials finite(ScalarExpr left, ScalarExpr right) {
        return new Partials(left, right, false);
    }

    private static ScalarExpr share(BinaryOp wins, ScalarExpr a, ScalarExpr b) {
        return select(binary(wins, a, b), like(a, 1), select(binary(BinaryOp.EQ, a, b), like(a, 0.5), like(a, 0)));
    }

    private static ScalarExpr part(ScalarExpr a, ScalarExpr y) {
        return select(binary(BinaryOp.EQ, y, like(y, 0)), like(y, 0), div(a, y));
    }

    private static ScalarExpr weight(ScalarExpr a, ScalarExpr y) {
        return select(binary(BinaryOp.EQ, a, y), like(a, 1), unary(UnaryOp.EXP, sub(a, y)));
    }

    /** {@code d(a ** b)/da = b * a ** (b - 1)}, 0 where b is 0. */
    private static ScalarExpr powBase(ScalarExpr a, ScalarExpr b) {
        var slope = mul(b, binary(BinaryOp.POW, a, sub(b, like(b, 1))));
        return select(binary(BinaryOp.EQ, b, like(b, 0)), like(b, 0), slope);
    }

    /** {@code d(a ** b)/db = a ** b * log(a)}, 0 where a is 0. */
    private static ScalarExpr powExponent(ScalarExpr a, ScalarExpr b, ScalarExpr y) {
        var slope = mul(y, unary(UnaryOp.LOG, a));
        return select(binary(BinaryOp.EQ, a, like(a, 0)), like(a, 0), slope);
    }

    private static ScalarExpr reciprocal(ScalarExpr x) {
        return unary(UnaryOp.RECIPROCAL, x);
    }

    private static ScalarExpr inverseRoot(ScalarExpr x) {
        return unary(UnaryOp.RSQRT, x);
    }

    // Abramowitz and Stegun 6.4.12 from x + 6 on, brought back by 6.4.6; 6.4.7 reflects what lies below 1/2.
    private static ScalarExpr trigamma(ScalarExpr x) {
        var below = binary(BinaryOp.LT, x, like(x, 0.5));
        var positive = select(below, sub(like(x, 1), x), x);
        var sum = trigammaPositive(positive);
        var sine = unary(UnaryOp.SIN, mul(x, Math.PI));
        return select(below, sub(div(like(x, Math.PI * Math.PI), square(sine)), sum), sum);
    }

    private static ScalarExpr trigammaPositive(ScalarExpr x) {
        ScalarExpr sum = like(x, 0);
        for (int k = 0; k < 6; k++) {
            sum = add(sum, reciprocal(square(add(x, like(x, k)))));
        }
        var inverse = reciprocal(add(x, like(x, 6)));
        double[] series = {0, 1.0 / 2, 1.0 / 6, 0, -1.0 / 30, 0, 1.0 / 42, 0, -1.0 / 30, 0, 5.0 / 66};
        ScalarExpr tail = like(x, series[series.length - 1]);
        for (int k = series.length - 2; k >= 2; k--) {
            tail = add(mul(tail, inverse), like(x, series[k]));
        }
        tail = add(mul(tail, square(inverse)), add(mul(inverse, 0.5), like(x, 1)));
        return add(sum, mul(tail, inverse));
    }
}

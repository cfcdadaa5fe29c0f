package tfl.backend.reference;

import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import tfl.kernel.BinaryOp;
import tfl.kernel.UnaryOp;
import tfl.tensor.DType;
import tfl.tensor.Elements;

/** The scalar operations on floats, in doubles; a bool is a Long. */
public final class RealFunctions {
    private RealFunctions() {}

    static Object unary(UnaryOp op, double x) {
        return switch (op) {
            case IS_NAN -> truth(Double.isNaN(x));
            case IS_INF -> truth(Double.isInfinite(x));
            case IS_FINITE -> truth(Double.isFinite(x));
            case SIGNBIT -> truth(Double.doubleToRawLongBits(x) < 0);
            default -> function(op).applyAsDouble(x);
        };
    }

    /** The function on doubles, of every operation on floats that gives a float. */
    public static DoubleUnaryOperator function(UnaryOp op) {
        return switch (op) {
            case NEG -> x -> -x;
            case ABS -> Math::abs;
            case SIGN -> x -> x == 0 ? 0.0 : Math.signum(x);
            case SQRT -> Math::sqrt;
            case RSQRT -> x -> 1 / Math.sqrt(x);
            case RECIPROCAL -> x -> 1 / x;
            case EXP -> Math::exp;
            case EXPM1 -> Math::expm1;
            case LOG -> Math::log;
            case LOG1P -> Math::log1p;
            case LOG2 -> RealFunctions::log2;
            case LOG10 -> Math::log10;
            case SIN -> Math::sin;
            case COS -> Math::cos;
            case TAN -> Math::tan;
            case ASIN -> Math::asin;
            case ACOS -> Math::acos;
            case ATAN -> Math::atan;
            case SINH -> Math::sinh;
            case COSH -> Math::cosh;
            case TANH -> Math::tanh;
            case ASINH -> RealFunctions::asinh;
            case ACOSH -> RealFunctions::acosh;
            case ATANH -> x -> Math.copySign(Math.log1p(2 * Math.abs(x) / (1 - Math.abs(x))) / 2, x);
            case ERF -> SpecialFunctions::erf;
            case SIGMOID -> x -> 1 / (1 + Math.exp(-x));
            case FLOOR -> Math::floor;
            case CEIL -> Math::ceil;
            case TRUNC -> x -> x < 0 ? Math.ceil(x) : Math.floor(x);
            case ROUND -> Math::rint;
            case LGAMMA -> SpecialFunctions::lgamma;
            case DIGAMMA -> SpecialFunctions::digamma;
            case CONJ, REAL -> x -> x;
            case IMAG -> x -> 0.0;
            case NOT, BIT_COUNT, IS_NAN, IS_INF, IS_FINITE, SIGNBIT ->
                    throw new IllegalArgumentException(op + " gives no float");
        };
    }

    static Object binary(BinaryOp op, DType dtype, double x, double y) {
        return switch (op) {
            case EQ -> truth(x == y);
            case NE -> truth(x != y);
            case LT -> truth(x < y);
            case LE -> truth(x <= y);
            case GT -> truth(x > y);
            case GE -> truth(x >= y);
            case NEXTAFTER -> nextAfter(dtype, x, y);
            default -> function(op).applyAsDouble(x, y);
        };
    }

    /** The function on doubles, of every operation on two floats that gives a float, but for NEXTAFTER. */
    public static DoubleBinaryOperator function(BinaryOp op) {
        return switch (op) {
            case ADD -> (x, y) -> x + y;
            case SUB -> (x, y) -> x - y;
            case MUL -> (x, y) -> x * y;
            case DIV -> (x, y) -> x / y;
            case FLOOR_DIV -> RealFunctions::floorDivide;
            case MOD -> RealFunctions::floorModulo;
            case POW -> RealFunctions::power;
            case MAX -> Math::max;
            case MIN -> Math::min;
            case ATAN2 -> Math::atan2;
            case HYPOT -> Math::hypot;
            case COPYSIGN -> Math::copySign;
            case LOGADDEXP -> RealFunctions::logAddExp;
            default -> throw new IllegalArgumentException(op + " gives no float");
        };
    }

    static Long truth(boolean condition) {
        return condition ? 1L : 0L;
    }

    private static double log2(double x) {
        int exponent = Math.getExponent(x);
        return Double.isFinite(x) && x == Math.scalb(1.0, exponent) ? exponent : Math.log(x) / Math.log(2);
    }

    private static double acosh(double x) {
        if (x < 1) {
            return Double.NaN;
        }
        return x > 1e150 ? Math.log(x) + Math.log(2) : Math.log1p(x - 1 + Math.sqrt((x - 1) * (x + 1)));
    }

    private static double asinh(double x) {
        double a = Math.abs(x);
        double result = a > 1e150 ? Math.log(a) + Math.log(2) : Math.log1p(a + a * a / (1 + Math.sqrt(a * a + 1)));
        return Math.copySign(result, x);
    }

    /** C's pow, which unlike Java's gives 1 for a base of 1 and any exponent. */
    static double power(double x, double y) {
        return x == 1 || x == -1 && Double.isInfinite(y) ? 1 : Math.pow(x, y);
    }

    /** Python's {@code %} for floats: the exact remainder, moved to the divisor's sign. */
    private static double floorModulo(double x, double y) {
        double rest = x % y;
        if (rest == 0) {
            return Math.copySign(0, y);
        }
        return rest < 0 != y < 0 ? rest + y : rest;
    }

    /** Python's {@code //} for floats: exact where {@code floor(x / y)} would be rounded up. */
    private static double floorDivide(double x, double y) {
        double rest = x % y;
        if (y == 0 || Double.isNaN(rest)) {
            return y == 0 ? x / y : Double.NaN;
        }
        double floor = Math.floor(x / y);
        // A quotient that is no whole number lies between the right ones, however it was rounded.
        if (x / y != floor) {
            return floor;
        }
        double quotient = (x - rest) / y - (rest != 0 && rest < 0 != y < 0 ? 1 : 0);
        double below = Math.floor(quotient);
        return quotient == 0 ? Math.copySign(0, x / y) : quotient - below > 0.5 ? below + 1 : below;
    }

    private static double logAddExp(double x, double y) {
        if (x == y) {
            return x + Math.log(2);
        }
        return Math.max(x, y) + Math.log1p(Math.exp(-Math.abs(x - y)));
    }

    private static double nextAfter(DType dtype, double x, double y) {
        if (dtype == DType.F64 || Double.isNaN(x) || Double.isNaN(y) || x == y) {
            return Double.isNaN(x) ? x : Math.nextAfter(x, y);
        }
        if (dtype == DType.F32) {
            return Math.nextAfter((float) x, y);
        }
        boolean half = dtype == DType.F16;
        if (x == 0) {
            return Math.copySign(half ? 0x1p-24 : 0x1p-133, y);
        }
        short bits = half ? Elements.toFloat16(x) : Elements.toBfloat16(x);
        short next = (short) (bits + (y > x == x > 0 ? 1 : -1));
        return half ? Float.float16ToFloat(next) : Elements.fromBfloat16(next);
    }
}

package tfl.backend.reference;

import tfl.kernel.BinaryOp;
import tfl.kernel.UnaryOp;
import tfl.tensor.DType;
import tfl.tensor.Elements;

/** The scalar operations on floats, in doubles; results are a Double, or a Long for a bool. */
final class RealFunctions {
    private RealFunctions() {}

    static Object unary(UnaryOp op, double x) {
        return switch (op) {
            case NEG -> -x;
            case ABS -> Math.abs(x);
            case SIGN -> x == 0 ? 0.0 : Math.signum(x);
            case SQRT -> Math.sqrt(x);
            case RSQRT -> 1 / Math.sqrt(x);
            case RECIPROCAL -> 1 / x;
            case EXP -> Math.exp(x);
            case EXPM1 -> Math.expm1(x);
            case LOG -> Math.log(x);
            case LOG1P -> Math.log1p(x);
            case LOG2 -> log2(x);
            case LOG10 -> Math.log10(x);
            case SIN -> Math.sin(x);
            case COS -> Math.cos(x);
            case TAN -> Math.tan(x);
            case ASIN -> Math.asin(x);
            case ACOS -> Math.acos(x);
            case ATAN -> Math.atan(x);
            case SINH -> Math.sinh(x);
            case COSH -> Math.cosh(x);
            case TANH -> Math.tanh(x);
            case ASINH -> asinh(x);
            case ACOSH -> x < 1 ? Double.NaN : x > 1e150 ? Math.log(x) + Math.log(2)
                    : Math.log1p(x - 1 + Math.sqrt((x - 1) * (x + 1)));
            case ATANH -> Math.copySign(Math.log1p(2 * Math.abs(x) / (1 - Math.abs(x))) / 2, x);
            case ERF -> SpecialFunctions.erf(x);
            case SIGMOID -> 1 / (1 + Math.exp(-x));
            case FLOOR -> Math.floor(x);
            case CEIL -> Math.ceil(x);
            case TRUNC -> x < 0 ? Math.ceil(x) : Math.floor(x);
            case ROUND -> Math.rint(x);
            case LGAMMA -> SpecialFunctions.lgamma(x);
            case DIGAMMA -> SpecialFunctions.digamma(x);
            case IS_NAN -> truth(Double.isNaN(x));
            case IS_INF -> truth(Double.isInfinite(x));
            case IS_FINITE -> truth(Double.isFinite(x));
            case SIGNBIT -> truth(Double.doubleToRawLongBits(x) < 0);
            case CONJ, REAL -> x;
            case IMAG -> 0.0;
            case NOT, BIT_COUNT -> throw new IllegalArgumentException(op + " of a float");
        };
    }

    static Object binary(BinaryOp op, DType dtype, double x, double y) {
        return switch (op) {
            case ADD -> x + y;
            case SUB -> x - y;
            case MUL -> x * y;
            case DIV -> x / y;
            case FLOOR_DIV -> floorDivide(x, y);
            case MOD -> floorModulo(x, y);
            case POW -> power(x, y);
            case MAX -> Math.max(x, y);
            case MIN -> Math.min(x, y);
            case ATAN2 -> Math.atan2(x, y);
            case HYPOT -> Math.hypot(x, y);
            case COPYSIGN -> Math.copySign(x, y);
            case NEXTAFTER -> nextAfter(dtype, x, y);
            case LOGADDEXP -> logAddExp(x, y);
            case EQ -> truth(x == y);
            case NE -> truth(x != y);
            case LT -> truth(x < y);
            case LE -> truth(x <= y);
            case GT -> truth(x > y);
            case GE -> truth(x >= y);
            case AND, OR, XOR, SHIFT_LEFT, SHIFT_RIGHT, COMPLEX -> throw new IllegalArgumentException(op
                    + " of floats");
        };
    }

    static Long truth(boolean condition) {
        return condition ? 1L : 0L;
    }

    private static double log2(double x) {
        int exponent = Math.getExponent(x);
        return Double.isFinite(x) && x == Math.scalb(1.0, exponent) ? exponent : Math.log(x) / Math.log(2);
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
        double quotient = (x - rest) / y - (rest != 0 && rest < 0 != y < 0 ? 1 : 0);
        return quotient == 0 ? Math.copySign(0, x / y) : Math.rint(quotient);
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

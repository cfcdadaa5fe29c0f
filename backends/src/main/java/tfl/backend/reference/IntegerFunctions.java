package tfl.backend.reference;

import static tfl.backend.reference.RealFunctions.truth;

import tfl.kernel.BinaryOp;
import tfl.kernel.UnaryOp;
import tfl.tensor.DType;

/** The scalar operations on integers and bools; results wrap to the dtype. */
final class IntegerFunctions {
    private IntegerFunctions() {}

    static Long unary(UnaryOp op, DType dtype, long x) {
        return switch (op) {
            case NEG -> Scalars.wrap(dtype, -x);
            case ABS -> Scalars.wrap(dtype, Math.abs(x));
            case SIGN -> (long) Long.signum(x);
            case NOT -> dtype == DType.BOOL ? 1 - x : Scalars.wrap(dtype, ~x);
            case BIT_COUNT -> (long) Long.bitCount(x & mask(dtype));
            case FLOOR, CEIL, TRUNC, ROUND, CONJ, REAL -> x;
            case IMAG, IS_NAN, IS_INF -> 0L;
            case IS_FINITE -> 1L;
            case SIGNBIT -> truth(x < 0);
            default -> throw new IllegalArgumentException(op + " of " + dtype);
        };
    }

    private static long mask(DType dtype) {
        return dtype.bytes() == 8 ? -1 : (1L << 8 * dtype.bytes()) - 1;
    }

    static Long binary(BinaryOp op, DType dtype, long x, long y) {
        return switch (op) {
            case ADD -> Scalars.wrap(dtype, x + y);
            case SUB -> Scalars.wrap(dtype, x - y);
            case MUL -> Scalars.wrap(dtype, x * y);
            case FLOOR_DIV -> y == 0 ? 0 : Scalars.wrap(dtype, Math.floorDiv(x, y));
            case MOD -> y == 0 ? 0 : Math.floorMod(x, y);
            case POW -> power(dtype, x, y);
            case MAX -> Math.max(x, y);
            case MIN -> Math.min(x, y);
            case AND -> x & y;
            case OR -> x | y;
            case XOR -> x ^ y;
            case SHIFT_LEFT -> outside(dtype, y) ? 0 : Scalars.wrap(dtype, x << y);
            case SHIFT_RIGHT -> outside(dtype, y) ? x < 0 ? -1L : 0L : x >> y;
            case EQ -> truth(x == y);
            case NE -> truth(x != y);
            case LT -> truth(x < y);
            case LE -> truth(x <= y);
            case GT -> truth(x > y);
            case GE -> truth(x >= y);
            default -> throw new IllegalArgumentException(op + " of " + dtype);
        };
    }

    private static boolean outside(DType dtype, long shift) {
        return shift < 0 || shift >= 8L * dtype.bytes();
    }

    /** Wraps; a negative exponent gives the truncated quotient: 1, -1 or 0. */
    private static long power(DType dtype, long x, long y) {
        if (y < 0) {
            return x == 1 || x == -1 && (y & 1) == 0 ? 1 : x == -1 ? -1 : 0;
        }
        long result = 1;
        for (long base = x, rest = y; rest > 0; rest >>= 1, base *= base) {
            result *= (rest & 1) == 1 ? base : 1;
        }
        return Scalars.wrap(dtype, result);
    }
}

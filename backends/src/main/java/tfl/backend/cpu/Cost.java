package tfl.backend.cpu;

import java.util.List;
import tfl.kernel.BinaryOp;
import tfl.kernel.ScalarExpr;
import tfl.kernel.UnaryOp;

/** A rough price of scalar expressions, to judge when another thread pays. */
final class Cost {
    /** Elements of the cheapest work that take as long as waking a thread. */
    private static final long CHEAPEST = 20 * 1024;

    /** Multiplications of one call of a library, about 25 ms: between calls an interrupt is seen. */
    static final long LONGEST_CALL = 1L << 31;

    private Cost() {}

    /** How many elements of these bodies are worth a thread. */
    static long grain(List<ScalarExpr> bodies) {
        return grain(bodies.stream().mapToLong(Cost::of).sum(), 1024);
    }

    /** How many elements that cost so many additions are worth a thread, at least {@code fewest}. */
    static long grain(long cost, long fewest) {
        return Math.clamp(8 * CHEAPEST / Math.max(1, cost), fewest, CHEAPEST);
    }

    /** In additions, of one element. */
    static long of(ScalarExpr expr) {
        long own = switch (expr) {
            case ScalarExpr.Unary(var op, var x) -> price(op);
            case ScalarExpr.Binary(var op, var x, var y) -> price(op);
            default -> 1;
        };
        for (var part : expr.parts()) {
            own = Math.min(1000, own + of(part));
        }
        return own;
    }

    private static long price(UnaryOp op) {
        return switch (op) {
            case NEG, ABS, SIGN, NOT, FLOOR, CEIL, TRUNC, ROUND, CONJ, REAL, IMAG -> 1;
            case SQRT, RSQRT, RECIPROCAL, BIT_COUNT, IS_NAN, IS_INF, IS_FINITE, SIGNBIT -> 4;
            case EXP, LOG, TANH, SIGMOID -> 12;
            case LGAMMA, DIGAMMA -> 100;
            default -> 20;
        };
    }

    private static long price(BinaryOp op) {
        return switch (op) {
            case DIV -> 4;
            case FLOOR_DIV, MOD, POW, ATAN2, HYPOT, NEXTAFTER, LOGADDEXP -> 40;
            default -> 1;
        };
    }
}

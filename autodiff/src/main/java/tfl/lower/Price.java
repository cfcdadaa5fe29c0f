package tfl.lower;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import tfl.kernel.BinaryOp;
import tfl.kernel.ScalarExpr;
import tfl.kernel.UnaryOp;

/** What scalar expressions cost, in additions, and how large they are. */
final class Price {
    private Price() {}

    /** The work on one element, each shared part counted once. */
    static int work(List<ScalarExpr> bodies) {
        var seen = new IdentityHashMap<ScalarExpr, Boolean>();
        return bodies.stream().mapToInt(body -> work(body, seen)).sum();
    }

    private static int work(ScalarExpr expr, Map<ScalarExpr, Boolean> seen) {
        if (seen.put(expr, true) != null) {
            return 0;
        }
        int sum = switch (expr) {
            case ScalarExpr.Unary(var op, var x) -> price(op) * (x.dtype().isComplex() ? 4 : 1);
            case ScalarExpr.Binary(var op, var x, var y) -> price(op) * (x.dtype().isComplex() ? 4 : 1);
            case ScalarExpr.Select select -> 1;
            case ScalarExpr.Cast cast -> 1;
            default -> 0;
        };
        for (var part : expr.parts()) {
            sum += work(part, seen);
        }
        return sum;
    }

    /** The nodes of the written-out tree, shared parts as often as they are used. */
    static long tree(List<ScalarExpr> bodies) {
        var known = new IdentityHashMap<ScalarExpr, Long>();
        return bodies.stream().mapToLong(body -> tree(body, known)).sum();
    }

    private static long tree(ScalarExpr expr, Map<ScalarExpr, Long> known) {
        var size = known.get(expr);
        if (size == null) {
            size = 1L;
            for (var part : expr.parts()) {
                size = Math.min(1L << 40, size + tree(part, known));
            }
            known.put(expr, size);
        }
        return size;
    }

    private static int price(UnaryOp op) {
        return switch (op) {
            case NEG, ABS, SIGN, NOT, FLOOR, CEIL, TRUNC, ROUND, CONJ, REAL, IMAG, IS_NAN, IS_INF, IS_FINITE,
                    SIGNBIT -> 1;
            case SQRT, RSQRT, RECIPROCAL, BIT_COUNT -> 4;
            case EXP, LOG, TANH, SIGMOID -> 14;
            case LGAMMA, DIGAMMA -> 100;
            default -> 25;
        };
    }

    private static int price(BinaryOp op) {
        return switch (op) {
            case DIV -> 4;
            case FLOOR_DIV, MOD, POW, ATAN2, HYPOT, NEXTAFTER, LOGADDEXP -> 40;
            default -> 1;
        };
    }
}

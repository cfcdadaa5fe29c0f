package tfl.backend.small;

import tfl.backend.reference.RealFunctions;
import tfl.kernel.BinaryOp;
import tfl.kernel.UnaryOp;

/** Loops over f64, one small method each, so that the compiler makes vector code of them. */
final class DoubleLoops {
    private DoubleLoops() {}

    /** {@code r[i] = f(x[i])}. */
    interface Unary {
        void run(double[] x, double[] r, int n);
    }

    /** {@code r[i] = f(x[i], y[i])}. */
    interface Binary {
        void run(double[] x, double[] y, double[] r, int n);
    }

    /** {@code r[i] = x[i] ? y[i]}. */
    interface Compare {
        void run(double[] x, double[] y, long[] r, int n);
    }

    static Unary unary(UnaryOp op) {
        return switch (op) {
            case NEG -> (x, r, n) -> { for (int i = 0; i < n; i++) { r[i] = -x[i]; } };
            case ABS -> (x, r, n) -> { for (int i = 0; i < n; i++) { r[i] = Math.abs(x[i]); } };
            case SQRT -> (x, r, n) -> { for (int i = 0; i < n; i++) { r[i] = Math.sqrt(x[i]); } };
            case RECIPROCAL -> (x, r, n) -> { for (int i = 0; i < n; i++) { r[i] = 1 / x[i]; } };
            default -> {
                var function = RealFunctions.function(op);
                yield (x, r, n) -> { for (int i = 0; i < n; i++) { r[i] = function.applyAsDouble(x[i]); } };
            }
        };
    }

    static Binary binary(BinaryOp op) {
        return switch (op) {
            case ADD -> (x, y, r, n) -> { for (int i = 0; i < n; i++) { r[i] = x[i] + y[i]; } };
            case SUB -> (x, y, r, n) -> { for (int i = 0; i < n; i++) { r[i] = x[i] - y[i]; } };
            case MUL -> (x, y, r, n) -> { for (int i = 0; i < n; i++) { r[i] = x[i] * y[i]; } };
            case DIV -> (x, y, r, n) -> { for (int i = 0; i < n; i++) { r[i] = x[i] / y[i]; } };
            case MAX -> (x, y, r, n) -> { for (int i = 0; i < n; i++) { r[i] = Math.max(x[i], y[i]); } };
            case MIN -> (x, y, r, n) -> { for (int i = 0; i < n; i++) { r[i] = Math.min(x[i], y[i]); } };
            case NEXTAFTER -> (x, y, r, n) -> { for (int i = 0; i < n; i++) { r[i] = nextAfter(x[i], y[i]); } };
            default -> {
                var f = RealFunctions.function(op);
                yield (x, y, r, n) -> { for (int i = 0; i < n; i++) { r[i] = f.applyAsDouble(x[i], y[i]); } };
            }
        };
    }

    private static double nextAfter(double x, double y) {
        return Double.isNaN(y) ? y : Math.nextAfter(x, y);
    }

    static Compare compare(BinaryOp op) {
        return switch (op) {
            case EQ -> (x, y, r, n) -> { for (int i = 0; i < n; i++) { r[i] = x[i] == y[i] ? 1 : 0; } };
            case NE -> (x, y, r, n) -> { for (int i = 0; i < n; i++) { r[i] = x[i] != y[i] ? 1 : 0; } };
            case LT -> (x, y, r, n) -> { for (int i = 0; i < n; i++) { r[i] = x[i] < y[i] ? 1 : 0; } };
            case LE -> (x, y, r, n) -> { for (int i = 0; i < n; i++) { r[i] = x[i] <= y[i] ? 1 : 0; } };
            case GT -> (x, y, r, n) -> { for (int i = 0; i < n; i++) { r[i] = x[i] > y[i] ? 1 : 0; } };
            case GE -> (x, y, r, n) -> { for (int i = 0; i < n; i++) { r[i] = x[i] >= y[i] ? 1 : 0; } };
            default -> throw new IllegalArgumentException(op + " is no comparison");
        };
    }
}

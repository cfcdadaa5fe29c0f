package tfl.backend.small;

import tfl.kernel.BinaryOp;
import tfl.kernel.UnaryOp;
import tfl.tensor.DType;

/** Loops over integers and bools held in longs; who needs a narrower result wraps it afterwards. */
final class LongLoops {
    private LongLoops() {}

    /** {@code r[i] = f(x[i])}. */
    interface Unary {
        void run(long[] x, long[] r, int n);
    }

    /** {@code r[i] = f(x[i], y[i])}. */
    interface Binary {
        void run(long[] x, long[] y, long[] r, int n);
    }

    /** The loop, or null where there is none. */
    static Unary unary(UnaryOp op, DType dtype) {
        return switch (op) {
            case NEG -> (x, r, n) -> { for (int i = 0; i < n; i++) { r[i] = -x[i]; } };
            case ABS -> (x, r, n) -> { for (int i = 0; i < n; i++) { r[i] = Math.abs(x[i]); } };
            case SIGN -> (x, r, n) -> { for (int i = 0; i < n; i++) { r[i] = Long.signum(x[i]); } };
            case NOT -> dtype == DType.BOOL ? (x, r, n) -> { for (int i = 0; i < n; i++) { r[i] = x[i] ^ 1; } }
                    : (x, r, n) -> { for (int i = 0; i < n; i++) { r[i] = ~x[i]; } };
            case FLOOR, CEIL, TRUNC, ROUND, CONJ, REAL -> (x, r, n) -> System.arraycopy(x, 0, r, 0, n);
            default -> null;
        };
    }

    /** The loop, or null where there is none. */
    static Binary binary(BinaryOp op, DType dtype) {
        return switch (op) {
            case ADD -> (x, y, r, n) -> { for (int i = 0; i < n; i++) { r[i] = x[i] + y[i]; } };
            case SUB -> (x, y, r, n) -> { for (int i = 0; i < n; i++) { r[i] = x[i] - y[i]; } };
            case MUL -> (x, y, r, n) -> { for (int i = 0; i < n; i++) { r[i] = x[i] * y[i]; } };
            case FLOOR_DIV -> (x, y, r, n) -> {
                for (int i = 0; i < n; i++) { r[i] = y[i] == 0 ? 0 : Math.floorDiv(x[i], y[i]); }
            };
            case MOD -> (x, y, r, n) -> {
                for (int i = 0; i < n; i++) { r[i] = y[i] == 0 ? 0 : Math.floorMod(x[i], y[i]); }
            };
            case MAX -> (x, y, r, n) -> { for (int i = 0; i < n; i++) { r[i] = Math.max(x[i], y[i]); } };
            case MIN -> (x, y, r, n) -> { for (int i = 0; i < n; i++) { r[i] = Math.min(x[i], y[i]); } };
            case AND -> (x, y, r, n) -> { for (int i = 0; i < n; i++) { r[i] = x[i] & y[i]; } };
            case OR -> (x, y, r, n) -> { for (int i = 0; i < n; i++) { r[i] = x[i] | y[i]; } };
            case XOR -> (x, y, r, n) -> { for (int i = 0; i < n; i++) { r[i] = x[i] ^ y[i]; } };
            case EQ -> (x, y, r, n) -> { for (int i = 0; i < n; i++) { r[i] = x[i] == y[i] ? 1 : 0; } };
            case NE -> (x, y, r, n) -> { for (int i = 0; i < n; i++) { r[i] = x[i] != y[i] ? 1 : 0; } };
            case LT -> (x, y, r, n) -> { for (int i = 0; i < n; i++) { r[i] = x[i] < y[i] ? 1 : 0; } };
            case LE -> (x, y, r, n) -> { for (int i = 0; i < n; i++) { r[i] = x[i] <= y[i] ? 1 : 0; } };
            case GT -> (x, y, r, n) -> { for (int i = 0; i < n; i++) { r[i] = x[i] > y[i] ? 1 : 0; } };
            case GE -> (x, y, r, n) -> { for (int i = 0; i < n; i++) { r[i] = x[i] >= y[i] ? 1 : 0; } };
            case SHIFT_LEFT -> (x, y, r, n) -> {
                for (int i = 0; i < n; i++) { r[i] = outside(dtype, y[i]) ? 0 : x[i] << y[i]; }
            };
            case SHIFT_RIGHT -> (x, y, r, n) -> {
                for (int i = 0; i < n; i++) { r[i] = outside(dtype, y[i]) ? x[i] >> 63 : x[i] >> y[i]; }
            };
            default -> null;
        };
    }

    private static boolean outside(DType dtype, long shift) {
        return shift < 0 || shift >= 8L * dtype.bytes();
    }

    /** The low bits that the dtype holds. */
    static void wrap(DType dtype, long[] x, int n) {
        switch (dtype) {
            case U8 -> { for (int i = 0; i < n; i++) { x[i] &= 0xff; } }
            case I8 -> { for (int i = 0; i < n; i++) { x[i] = (byte) x[i]; } }
            case I16 -> { for (int i = 0; i < n; i++) { x[i] = (short) x[i]; } }
            case I32 -> { for (int i = 0; i < n; i++) { x[i] = (int) x[i]; } }
            case BOOL -> { for (int i = 0; i < n; i++) { x[i] = x[i] != 0 ? 1 : 0; } }
            default -> { }
        }
    }
}

package tfl.backend.reference;

import tfl.kernel.BinaryOp;
import tfl.kernel.Kernel.Fold;
import tfl.tensor.DType;

/**
 * Folds elements one after another. Float sums carry a compensation (Neumaier), so that they can serve as an oracle.
 */
final class Accumulator {
    private final Fold fold;
    private final DType dtype;
    private Object value;
    private double lost;
    private long count;
    private long where;

    /** Starts with the fold's neutral element. */
    Accumulator(Fold fold, DType dtype) {
        this.fold = fold;
        this.dtype = dtype;
        this.value = neutral(fold, dtype);
    }

    private static Object neutral(Fold fold, DType dtype) {
        long least = switch (dtype.kind()) {
            case BOOL, UNSIGNED -> 0;
            default -> -1L << 8 * dtype.bytes() - 1;
        };
        long most = dtype == DType.BOOL ? 1 : dtype == DType.U8 ? 255 : ~least;
        return switch (fold) {
            case SUM, ANY -> Scalars.cast(dtype, 0L);
            case PROD, ALL -> Scalars.cast(dtype, 1L);
            case MAX, ARG_MAX -> dtype.isFloat() ? (Object) Double.NEGATIVE_INFINITY : least;
            case MIN, ARG_MIN -> dtype.isFloat() ? (Object) Double.POSITIVE_INFINITY : most;
        };
    }

    void add(Object next) {
        switch (fold) {
            case SUM -> sum(next);
            case PROD -> value = product(next);
            case MAX -> value = Scalars.binary(BinaryOp.MAX, dtype, value, next);
            case MIN -> value = Scalars.binary(BinaryOp.MIN, dtype, value, next);
            case ANY -> value = Scalars.binary(BinaryOp.OR, dtype, value, next);
            case ALL -> value = Scalars.binary(BinaryOp.AND, dtype, value, next);
            case ARG_MAX, ARG_MIN -> challenge(next);
        }
        count++;
    }

    private void sum(Object next) {
        switch (next) {
            case Double number -> {
                double before = (Double) value;
                double sum = before + number;
                if (Double.isFinite(sum)) {
                    lost += Math.abs(before) >= Math.abs(number) ? before - sum + number : number - sum + before;
                }
                value = sum;
            }
            case Complex number -> value = ((Complex) value).plus(number);
            default -> value = Scalars.binary(BinaryOp.ADD, dtype, value, next);
        }
    }

    /** Floats are not rounded in between. */
    private Object product(Object next) {
        return next instanceof Double number ? (Double) value * number : Scalars.binary(BinaryOp.MUL, dtype, value,
                next);
    }

    private void challenge(Object next) {
        double now = Scalars.real(value);
        double other = Scalars.real(next);
        boolean both = value instanceof Long && next instanceof Long;
        int order = both ? Long.compare((Long) next, (Long) value) : Double.compare(other, now);
        boolean wins = Double.isNaN(other) ? !Double.isNaN(now)
                : !Double.isNaN(now) && (both || other != now) && (fold == Fold.ARG_MAX ? order > 0 : order < 0);
        if (count == 0 || wins) {
            value = next;
            where = count;
        }
    }

    /** The fold so far, in the dtype; for ARG_MAX and ARG_MIN the number of the element that won. */
    Object result() {
        if (fold == Fold.ARG_MAX || fold == Fold.ARG_MIN) {
            return where;
        }
        return value instanceof Double number ? (Object) Scalars.round(dtype, number + lost) : value;
    }
}

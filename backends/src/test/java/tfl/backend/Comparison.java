package tfl.backend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import tfl.tensor.DType;
import tfl.tensor.Tensor;

/** Tensors that ought to be equal, or nearly. */
final class Comparison {
    private Comparison() {}

    static void assertClose(Tensor expected, Tensor actual, double ulps, double absolute) {
        assertEquals(expected.type(), actual.type());
        for (long i = 0; i < expected.size(); i++) {
            if (expected.dtype().isInteger() || expected.dtype() == DType.BOOL) {
                if (expected.readLong(i) != actual.readLong(i)) {
                    fail("element " + i + ": expected " + expected.readLong(i) + ", got " + actual.readLong(i));
                }
            } else {
                close(i, expected.dtype(), expected.readDouble(i), actual.readDouble(i), ulps, absolute);
                close(i, expected.dtype(), expected.readImaginary(i), actual.readImaginary(i), ulps, absolute);
            }
        }
    }

    private static void close(long i, DType dtype, double expected, double actual, double ulps, double absolute) {
        boolean same = expected == actual || Double.isNaN(expected) && Double.isNaN(actual);
        if (!same && !(Math.abs(expected - actual) <= Math.max(absolute, ulps * ulp(dtype, expected)))) {
            fail("element " + i + ": expected " + expected + ", got " + actual + ", "
                    + Math.abs(expected - actual) / ulp(dtype, expected) + " units in the last place away");
        }
    }

    /** The distance between neighbours of that size; no less than that of the smallest normal numbers. */
    private static double ulp(DType dtype, double value) {
        return switch (dtype) {
            case F16 -> Math.max(Math.scalb(1.0, Math.getExponent(value) - 10), 0x1p-24);
            case BF16 -> Math.max(Math.scalb(1.0, Math.getExponent(value) - 7), 0x1p-133);
            case F64 -> Math.ulp(value);
            default -> Math.max(Math.ulp((float) value), Float.MIN_VALUE);
        };
    }
}

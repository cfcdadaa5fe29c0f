package tfl.backend.reference;

import tfl.kernel.BinaryOp;
import tfl.kernel.ScalarExpr.Constant;
import tfl.kernel.UnaryOp;
import tfl.tensor.DType;
import tfl.tensor.Elements;
import tfl.tensor.NativeMemory;

/**
 * Single elements as Java objects: a {@link Double} already rounded to its dtype, a {@link Complex}, or a {@link Long},
 * which also stands for bool (0 or 1).
 */
final class Scalars {
    private Scalars() {}

    static Object read(DType dtype, long address) {
        return switch (dtype.kind()) {
            case FLOAT -> Elements.getDouble(dtype, address);
            case COMPLEX -> new Complex(NativeMemory.getFloat(address), NativeMemory.getFloat(address + 4));
            case BOOL, UNSIGNED, SIGNED -> Elements.getLong(dtype, address);
        };
    }

    static void write(DType dtype, long address, Object value) {
        switch (value) {
            case Double number -> Elements.putDouble(dtype, address, number);
            case Complex(double re, double im) -> Elements.putComplex(address, re, im);
            default -> Elements.putLong(dtype, address, (Long) value);
        }
    }

    static Object constant(Constant constant) {
        return switch (constant.dtype().kind()) {
            case FLOAT -> round(constant.dtype(), Double.longBitsToDouble(constant.bits()));
            case COMPLEX -> new Complex(Double.longBitsToDouble(constant.bits()), 0);
            case BOOL, UNSIGNED, SIGNED -> constant.bits();
        };
    }

    /** The nearest number that the dtype holds. */
    static double round(DType dtype, double value) {
        return switch (dtype) {
            case F32 -> (float) value;
            case F16 -> Float.float16ToFloat(Elements.toFloat16(value));
            case BF16 -> Elements.fromBfloat16(Elements.toBfloat16(value));
            default -> value;
        };
    }

    /** The low bits that the dtype holds. */
    static long wrap(DType dtype, long value) {
        return switch (dtype) {
            case BOOL -> value != 0 ? 1 : 0;
            case U8 -> value & 0xff;
            case I8 -> (byte) value;
            case I16 -> (short) value;
            case I32 -> (int) value;
            default -> value;
        };
    }

    static Object cast(DType to, Object value) {
        return switch (to.kind()) {
            case FLOAT -> value instanceof Long whole && to == DType.F32 ? (double) (float) (long) whole
                    : (Object) round(to, real(value));
            case COMPLEX -> value instanceof Complex ? value : new Complex((float) real(value), 0);
            case BOOL -> real(value) == 0 && (!(value instanceof Complex number) || number.im() == 0) ? 0L : 1L;
            case UNSIGNED, SIGNED -> value instanceof Long whole ? wrap(to, whole)
                    : (Object) Elements.truncate(to, real(value));
        };
    }

    /** The value as a double, without its imaginary part. */
    static double real(Object value) {
        return switch (value) {
            case Double number -> number;
            case Complex(double re, double im) -> re;
            default -> (Long) value;
        };
    }

    static Object unary(UnaryOp op, DType dtype, Object x) {
        return switch (x) {
            case Double number -> {
                var result = RealFunctions.unary(op, number);
                yield result instanceof Double real ? (Object) round(dtype, real) : result;
            }
            case Complex number -> number.unary(op);
            default -> IntegerFunctions.unary(op, dtype, (Long) x);
        };
    }

    static Object binary(BinaryOp op, DType dtype, Object x, Object y) {
        if (op == BinaryOp.COMPLEX) {
            return new Complex(real(x), real(y));
        }
        return switch (x) {
            case Double left -> {
                var result = RealFunctions.binary(op, dtype, left, (Double) y);
                yield result instanceof Double real ? (Object) round(dtype, real) : result;
            }
            case Complex left -> left.binary(op, (Complex) y);
            default -> IntegerFunctions.binary(op, dtype, (Long) x, (Long) y);
        };
    }
}

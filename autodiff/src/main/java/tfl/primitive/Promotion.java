package tfl.primitive;

import tfl.tensor.DType;

/**
 * The common dtype of two operands: the array API standard's table, with weak scalars and mixed kinds on top.
 */
public final class Promotion {
    private Promotion() {}

    /**
     * The dtype two tensors are brought to. Within a kind the wider one; u8 with a signed type that cannot
     * hold it the next wider signed type; an integer or bool with a float f32, or f64 if the float is f64;
     * two different half floats give f32; anything with c64 is c64.
     */
    public static DType of(DType a, DType b) {
        if (a == b || b == DType.BOOL) {
            return a;
        }
        if (a == DType.BOOL) {
            return b;
        }
        if (a.isComplex() || b.isComplex()) {
            return DType.C64;
        }
        if (a.isFloat() && b.isFloat()) {
            return floats(a, b);
        }
        if (a.isFloat() || b.isFloat()) {
            return a == DType.F64 || b == DType.F64 ? DType.F64 : DType.F32;
        }
        return integers(a, b);
    }

    private static DType floats(DType a, DType b) {
        if (a == DType.F64 || b == DType.F64) {
            return DType.F64;
        }
        return DType.F32;
    }

    private static DType integers(DType a, DType b) {
        if (a == DType.U8 || b == DType.U8) {
            var signed = a == DType.U8 ? b : a;
            return signed == DType.I8 ? DType.I16 : signed;
        }
        return a.bytes() > b.bytes() ? a : b;
    }

    /**
     * The dtype of a tensor met by a scalar of the language: the scalar gives way, unless it is of a higher
     * kind.
     */
    public static DType withFloat(DType tensor) {
        return tensor.isDifferentiable() ? tensor : DType.F32;
    }

    /** The dtype of a tensor met by an int of the language. */
    public static DType withInt(DType tensor) {
        return tensor == DType.BOOL ? DType.I64 : tensor;
    }

    /** The float dtype for functions such as sqrt that turn integers into floats. */
    public static DType toFloat(DType dtype) {
        return dtype.isDifferentiable() ? dtype : DType.F32;
    }
}

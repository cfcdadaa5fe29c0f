package tfl.interpreter.builtin.tensor;

import tfl.interpreter.ErrorKind;
import tfl.interpreter.TflException;
import tfl.tensor.DType;
import tfl.tensor.TensorValue;
import tfl.transform.Lifted;

/**
 * Which dtype two operands meet in: the array API standard's lattice, with scalars weak. Integers with floats
 * give f32, or f64 where an operand is f64.
 */
public final class Promotion {
    private Promotion() {}

    /** The dtype in which elements of both can be computed. */
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
        if (a.isFloat() || b.isFloat()) {
            return a == DType.F64 || b == DType.F64 ? DType.F64 : DType.F32;
        }
        return integers(a, b);
    }

    // u8 meets i8 in i16, every other pair in the wider one.
    private static DType integers(DType a, DType b) {
        if (a.bytes() == b.bytes()) {
            return DType.I16;
        }
        return a.bytes() > b.bytes() ? a : b;
    }

    /** The dtype in which two tensors meet, where one that stands for a number of the language gives way. */
    static DType of(TensorValue a, TensorValue b) {
        boolean weakA = Lifted.isWeak(a);
        if (weakA == Lifted.isWeak(b)) {
            return of(a.type().dtype(), b.type().dtype());
        }
        return weakA ? weak(b.type().dtype(), a.type().dtype()) : weak(a.type().dtype(), b.type().dtype());
    }

    /** The dtype in which a tensor of that dtype meets a number of that kind, which gives way where it can. */
    public static DType weak(DType tensor, DType number) {
        return number.isFloat() ? weak(tensor, (Object) 0.0)
                : number == DType.BOOL ? tensor : weak(tensor, (Object) 0L);
    }

    /** The dtype in which a tensor of that dtype meets a scalar, which gives way where it can. */
    public static DType weak(DType tensor, Object scalar) {
        return switch (scalar) {
            case Double number -> tensor.isDifferentiable() ? tensor : DType.F32;
            case Long number -> tensor == DType.BOOL ? DType.I64 : tensor;
            default -> tensor;
        };
    }

    /** The dtype a scalar has where nothing else decides. */
    public static DType ofScalar(Object scalar) {
        return switch (scalar) {
            case Double number -> DType.F32;
            case Long number -> DType.I64;
            default -> DType.BOOL;
        };
    }

    /** The dtype that float functions compute integers and bools in. */
    public static DType floating(DType dtype) {
        return dtype.isDifferentiable() ? dtype : DType.F32;
    }

    /** Refuses a scalar that the integer dtype cannot hold. */
    static void checkFits(long value, DType dtype) {
        if (dtype.isInteger() && !fits(value, dtype)) {
            throw TflException.of(ErrorKind.VALUE, "TFL-E0343", value + " does not fit in " + dtype,
                    "convert the tensor first: x.astype(i64)");
        }
    }

    static boolean fits(long value, DType dtype) {
        return switch (dtype) {
            case U8 -> value >= 0 && value <= 255;
            case I8 -> value == (byte) value;
            case I16 -> value == (short) value;
            case I32 -> value == (int) value;
            default -> true;
        };
    }
}

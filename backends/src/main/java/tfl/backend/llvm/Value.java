package tfl.backend.llvm;

import tfl.tensor.DType;

/**
 * A scalar in registers while code is written: the name of an LLVM value, and for complex numbers that of the
 * imaginary part. Half-width floats are held as float, already rounded to what they can hold.
 */
record Value(DType dtype, String name, String imaginary) {
    Value(DType dtype, String name) {
        this(dtype, name, null);
    }

    String type() {
        return register(dtype);
    }

    /** The LLVM type that holds one part of such an element in registers. */
    static String register(DType dtype) {
        return switch (dtype) {
            case BOOL -> "i1";
            case U8, I8 -> "i8";
            case I16 -> "i16";
            case I32 -> "i32";
            case I64 -> "i64";
            case F16, BF16, F32, C64 -> "float";
            case F64 -> "double";
        };
    }

    /** The LLVM type of one part of such an element in memory. */
    static String memory(DType dtype) {
        return switch (dtype) {
            case BOOL, U8, I8 -> "i8";
            case I16, BF16 -> "i16";
            case F16 -> "half";
            default -> register(dtype);
        };
    }

    /** The literal of a float that fits in the register type. */
    static String literal(double value, DType dtype) {
        double held = dtype == DType.F64 ? value : (float) value;
        var digits = Long.toHexString(Double.doubleToRawLongBits(held));
        return "0x" + "0".repeat(16 - digits.length()) + digits;
    }
}

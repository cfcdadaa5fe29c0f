package tfl.tensor;

/** One element at an address, of any dtype, as a double or as a long. Bounds and lifetime are the caller's affair. */
public final class Elements {
    private Elements() {}

    /** The nearest double; the real part of a complex number; 0 or 1 for a bool. */
    public static double getDouble(DType dtype, long address) {
        return switch (dtype) {
            case F32, C64 -> NativeMemory.getFloat(address);
            case F64 -> NativeMemory.getDouble(address);
            case F16 -> Float.float16ToFloat(NativeMemory.getShort(address));
            case BF16 -> fromBfloat16(NativeMemory.getShort(address));
            default -> getLong(dtype, address);
        };
    }

    /** The integer; a float is truncated and saturates. */
    public static long getLong(DType dtype, long address) {
        return switch (dtype) {
            case BOOL -> NativeMemory.getByte(address) != 0 ? 1 : 0;
            case U8 -> NativeMemory.getByte(address) & 0xff;
            case I8 -> NativeMemory.getByte(address);
            case I16 -> NativeMemory.getShort(address);
            case I32 -> NativeMemory.getInt(address);
            case I64 -> NativeMemory.getLong(address);
            case F16, BF16, F32, F64, C64 -> (long) getDouble(dtype, address);
        };
    }

    /** Rounds to the dtype; truncates and saturates for an integer; a complex number gets imaginary part 0. */
    public static void putDouble(DType dtype, long address, double value) {
        switch (dtype) {
            case F32 -> NativeMemory.putFloat(address, (float) value);
            case F64 -> NativeMemory.putDouble(address, value);
            case F16 -> NativeMemory.putShort(address, toFloat16(value));
            case BF16 -> NativeMemory.putShort(address, toBfloat16(value));
            case C64 -> putComplex(address, value, 0);
            default -> putLong(dtype, address, truncate(dtype, value));
        }
    }

    /** Wraps to a narrower integer; rounds for a float. */
    public static void putLong(DType dtype, long address, long value) {
        switch (dtype) {
            case BOOL -> NativeMemory.putByte(address, (byte) (value != 0 ? 1 : 0));
            case U8, I8 -> NativeMemory.putByte(address, (byte) value);
            case I16 -> NativeMemory.putShort(address, (short) value);
            case I32 -> NativeMemory.putInt(address, (int) value);
            case I64 -> NativeMemory.putLong(address, value);
            case F32 -> NativeMemory.putFloat(address, value);
            case F16, BF16, F64, C64 -> putDouble(dtype, address, value);
        }
    }

    public static void putComplex(long address, double real, double imaginary) {
        NativeMemory.putFloat(address, (float) real);
        NativeMemory.putFloat(address + 4, (float) imaginary);
    }

    /** The float with the upper half of the bits of a bfloat16. */
    public static float fromBfloat16(short bits) {
        return Float.intBitsToFloat(bits << 16);
    }

    /** The nearest bfloat16, ties to even. */
    public static short toBfloat16(double value) {
        int bits = Float.floatToRawIntBits(roundToOdd(value));
        return Double.isNaN(value) ? (short) 0x7fc0 : (short) (bits + 0x7fff + (bits >>> 16 & 1) >>> 16);
    }

    /** The nearest IEEE half, ties to even. */
    public static short toFloat16(double value) {
        return Float.floatToFloat16(roundToOdd(value));
    }

    /**
     * The float towards zero, its last bit set if anything was cut: rounding that once more gives what rounding the
     * double at once gives (Boldo and Melquiond, "When double rounding is odd").
     */
    private static float roundToOdd(double value) {
        float near = (float) value;
        if (near == value || Double.isNaN(value)) {
            return near;
        }
        float cut = Math.abs((double) near) > Math.abs(value) ? Math.nextAfter(near, 0) : near;
        return Float.intBitsToFloat(Float.floatToRawIntBits(cut) | 1);
    }

    /** A double as an integer of that dtype: NaN is 0, what is too large is the largest. */
    public static long truncate(DType dtype, double value) {
        return switch (dtype) {
            case BOOL -> value != 0 ? 1 : 0;
            case U8 -> Math.clamp((long) value, 0, 255);
            case I8 -> Math.clamp((long) value, Byte.MIN_VALUE, Byte.MAX_VALUE);
            case I16 -> Math.clamp((long) value, Short.MIN_VALUE, Short.MAX_VALUE);
            case I32 -> (int) value;
            default -> (long) value;
        };
    }
}

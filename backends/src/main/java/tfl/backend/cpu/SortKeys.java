package tfl.backend.cpu;

import tfl.tensor.DType;
import tfl.tensor.Elements;
import tfl.tensor.NativeMemory;

/**
 * Elements as unsigned numbers in the order that sorting wants: both zeros equal, NaN after everything else,
 * the rest upwards or downwards. Types of up to 32 bits have keys of 32 bits, the others of 64.
 */
record SortKeys(DType dtype, boolean descending) {
    /** Whether keys are 64 bits wide; then an i64 or f64 is meant. */
    boolean isWide() {
        return dtype.bytes() == 8;
    }

    /**
     * Keys of {@code count} elements, as ints or longs from {@code to} on; may be done in place. Whether a -0
     * was met.
     */
    boolean encode(long from, long to, long count) {
        return switch (dtype) {
            case F32 -> encodeSingle(from, to, count);
            case F64 -> encodeDouble(from, to, count);
            case F16, BF16 -> encodeHalf(from, to, count);
            default -> encodeInteger(from, to, count);
        };
    }

    private boolean encodeSingle(long from, long to, long count) {
        int flip = descending ? -1 : 0;
        int zeros = 0;
        for (long i = 0; i < count; i++) {
            int bits = NativeMemory.getInt(from + 4 * i);
            zeros |= bits == Integer.MIN_VALUE ? 1 : 0;
            NativeMemory.putInt(to + 4 * i, key(bits, flip));
        }
        return zeros != 0;
    }

    private static int key(int bits, int flip) {
        int positive = bits == Integer.MIN_VALUE ? 0 : bits;
        int ordered = (positive ^ (positive >> 31 | Integer.MIN_VALUE)) ^ flip;
        return (bits & Integer.MAX_VALUE) > 0x7f800000 ? -1 : ordered;
    }

    private boolean encodeHalf(long from, long to, long count) {
        int flip = descending ? -1 : 0;
        boolean zeros = false;
        for (long i = 0; i < count; i++) {
            int bits = Float.floatToRawIntBits((float) Elements.getDouble(dtype, from + 2 * i));
            zeros |= bits == Integer.MIN_VALUE;
            NativeMemory.putInt(to + 4 * i, key(bits, flip));
        }
        return zeros;
    }

    private boolean encodeDouble(long from, long to, long count) {
        long flip = descending ? -1 : 0;
        boolean zeros = false;
        for (long i = 0; i < count; i++) {
            long bits = NativeMemory.getLong(from + 8 * i);
            long positive = bits == Long.MIN_VALUE ? 0 : bits;
            zeros |= positive != bits;
            long ordered = (positive ^ (positive >> 63 | Long.MIN_VALUE)) ^ flip;
            NativeMemory.putLong(to + 8 * i, (bits & Long.MAX_VALUE) > 0x7ff0000000000000L ? -1 : ordered);
        }
        return zeros;
    }

    private boolean encodeInteger(long from, long to, long count) {
        long flip = descending ? -1 : 0;
        for (long i = 0; i < count; i++) {
            if (isWide()) {
                NativeMemory.putLong(to + 8 * i, NativeMemory.getLong(from + 8 * i) ^ Long.MIN_VALUE ^ flip);
            } else {
                int value = (int) Elements.getLong(dtype, from + i * dtype.bytes());
                NativeMemory.putInt(to + 4 * i, value ^ Integer.MIN_VALUE ^ (int) flip);
            }
        }
        return false;
    }

    /** Elements of keys; -0 comes back as 0, any NaN as the usual one. */
    void decode(long from, long to, long count) {
        int flip = descending ? -1 : 0;
        if (dtype == DType.F32) {
            for (long i = 0; i < count; i++) {
                NativeMemory.putInt(to + 4 * i, bits(NativeMemory.getInt(from + 4 * i), flip));
            }
            return;
        }
        for (long i = 0; i < count; i++) {
            long place = to + i * dtype.bytes();
            switch (dtype) {
                case F64 -> NativeMemory.putLong(place, bits(NativeMemory.getLong(from + 8 * i), flip));
                case F16, BF16 -> Elements.putDouble(dtype, place,
                        Float.intBitsToFloat(bits(NativeMemory.getInt(from + 4 * i), flip)));
                case I64 ->
                        NativeMemory.putLong(place,
                        NativeMemory.getLong(from + 8 * i) ^ Long.MIN_VALUE ^ flip);
                default ->
                        Elements.putLong(dtype, place,
                        NativeMemory.getInt(from + 4 * i) ^ Integer.MIN_VALUE ^ flip);
            }
        }
    }

    private static int bits(int key, int flip) {
        int ordered = key ^ flip;
        return key == -1 ? 0x7fc00000 : ordered ^ (~ordered >> 31 | Integer.MIN_VALUE);
    }

    private static long bits(long key, long flip) {
        long ordered = key ^ flip;
        return key == -1 ? 0x7ff8000000000000L : ordered ^ (~ordered >> 63 | Long.MIN_VALUE);
    }
}

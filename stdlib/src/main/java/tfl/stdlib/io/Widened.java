package tfl.stdlib.io;

import tfl.tensor.DType;
import tfl.tensor.Elements;
import tfl.tensor.Shape;
import tfl.tensor.Tensor;
import tfl.tensor.TensorType;

/** Unsigned numbers that TFL has no type for; they are read into the next larger one, or if they fit, of 64 bits. */
enum Widened {
    U16(DType.I16, DType.I32, 0xffffL),
    U32(DType.I32, DType.I64, 0xffffffffL),
    U64(DType.I64, DType.I64, Long.MAX_VALUE);

    private final DType bits;
    private final DType read;
    private final long mask;

    Widened(DType bits, DType read, long mask) {
        this.bits = bits;
        this.read = read;
        this.mask = mask;
    }

    /** What is called {@code u2 u4 u8} or {@code u16 u32 u64}; null for other names. */
    static Widened of(String code) {
        return switch (code) {
            case "u2", "u16" -> U16;
            case "u4", "u32" -> U32;
            case "u8", "u64" -> U64;
            default -> null;
        };
    }

    /** Bytes of one number in the file. */
    int bytes() {
        return bits.bytes();
    }

    /** As many of them as the shape says. */
    Tensor read(ByteReader reader, Shape shape, boolean bigEndian) {
        long start = reader.position();
        var narrow = reader.tensor(bits, shape, "the data");
        if (bigEndian) {
            ByteOrders.swapped(narrow);
        }
        Sizes.bytes(read, shape, start, "the data");
        var wide = Tensor.allocate(new TensorType(read, shape));
        for (long i = 0; i < shape.size(); i++) {
            long value = Elements.getLong(bits, narrow.address(i));
            if (this == U64 && value < 0) {
                throw new CorruptFile(start + i * bits.bytes(), "the number " + Long.toUnsignedString(value)
                        + " does not fit in an i64");
            }
            Elements.putLong(read, wide.address(i), value & mask);
        }
        narrow.discard();
        return wide;
    }
}

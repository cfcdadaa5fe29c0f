package tfl.tensor;

/** The element types of tensors. The names users write are {@link #label()}. */
public enum DType {
    BOOL("bool", 1, Kind.BOOL),
    U8("u8", 1, Kind.UNSIGNED),
    I8("i8", 1, Kind.SIGNED),
    I16("i16", 2, Kind.SIGNED),
    I32("i32", 4, Kind.SIGNED),
    I64("i64", 8, Kind.SIGNED),
    F16("f16", 2, Kind.FLOAT),
    BF16("bf16", 2, Kind.FLOAT),
    F32("f32", 4, Kind.FLOAT),
    F64("f64", 8, Kind.FLOAT),
    /** Two f32: the real part, then the imaginary part. */
    C64("c64", 8, Kind.COMPLEX);

    /** What an element is, apart from its width. */
    public enum Kind { BOOL, UNSIGNED, SIGNED, FLOAT, COMPLEX }

    private final String label;
    private final int bytes;
    private final Kind kind;

    DType(String label, int bytes, Kind kind) {
        this.label = label;
        this.bytes = bytes;
        this.kind = kind;
    }

    /** The name in the language, such as {@code f32}. */
    public String label() {
        return label;
    }

    /** Bytes of one element. */
    public int bytes() {
        return bytes;
    }

    public Kind kind() {
        return kind;
    }

    public boolean isFloat() {
        return kind == Kind.FLOAT;
    }

    public boolean isComplex() {
        return kind == Kind.COMPLEX;
    }

    /** Signed or unsigned integers; bool is none. */
    public boolean isInteger() {
        return kind == Kind.SIGNED || kind == Kind.UNSIGNED;
    }

    /** Whether gradients flow through elements of this type: floats and complex numbers. */
    public boolean isDifferentiable() {
        return isFloat() || isComplex();
    }

    /** The type of a magnitude, and of each part: f32 for c64, a real type itself. */
    public DType real() {
        return isComplex() ? F32 : this;
    }

    /** The type of that name, or null. */
    public static DType of(String label) {
        for (var dtype : values()) {
            if (dtype.label.equals(label)) {
                return dtype;
            }
        }
        return null;
    }

    @Override
    public String toString() {
        return label;
    }
}

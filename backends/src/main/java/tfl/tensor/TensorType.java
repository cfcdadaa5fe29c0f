package tfl.tensor;

/** What a tensor is, without its bytes: printed {@code f32[2, 3]}. */
public record TensorType(DType dtype, Shape shape) {
    /** Bytes of all elements, stored densely. */
    public long bytes() {
        return Math.multiplyExact(shape.size(), (long) dtype.bytes());
    }

    @Override
    public String toString() {
        return dtype + "[" + shape + "]";
    }
}

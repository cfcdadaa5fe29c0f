package tfl.tensor;

import java.util.Arrays;

/** What a tensor is, without its bytes: printed {@code f32[2, 3]}. */
public record TensorType(DType dtype, Shape shape) {
    private static final TensorType[] SCALARS = Arrays.stream(DType.values())
            .map(dtype -> new TensorType(dtype, Shape.SCALAR)).toArray(TensorType[]::new);

    /** The type of tensors of rank 0, always the same object. */
    public static TensorType scalar(DType dtype) {
        return SCALARS[dtype.ordinal()];
    }

    /** Bytes of all elements, stored densely. */
    public long bytes() {
        return Math.multiplyExact(shape.size(), (long) dtype.bytes());
    }

    @Override
    public String toString() {
        return dtype + "[" + shape + "]";
    }
}

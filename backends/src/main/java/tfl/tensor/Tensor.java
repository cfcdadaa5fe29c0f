package tfl.tensor;

import java.util.Arrays;

/**
 * An immutable n-dimensional array: a {@link TensorType}, and a strided view of a {@link Storage}.
 *
 * <p>Element {@code (i0, i1, ...)} lies at {@code offset + i0 * strides[0] + i1 * strides[1] + ...}, counted in
 * elements. Strides may be zero (broadcast) or negative (reversed).
 */
public final class Tensor implements TensorValue {
    private final TensorType type;
    private final long[] strides;
    private final long offset;
    private final Storage storage;

    /** A view; the caller has checked that every element lies inside the storage. */
    public Tensor(TensorType type, long[] strides, long offset, Storage storage) {
        this.type = type;
        this.strides = strides;
        this.offset = offset;
        this.storage = storage;
    }

    /** A fresh row-major tensor with undefined content. */
    public static Tensor allocate(TensorType type) {
        return new Tensor(type, type.shape().strides(), 0, Storage.allocate(type.bytes()));
    }

    @Override
    public TensorType type() {
        return type;
    }

    public DType dtype() {
        return type.dtype();
    }

    public Shape shape() {
        return type.shape();
    }

    public int rank() {
        return type.shape().rank();
    }

    public long size() {
        return type.shape().size();
    }

    /** The stride of that axis, in elements. */
    public long stride(int axis) {
        return strides[axis];
    }

    public long[] strides() {
        return strides.clone();
    }

    /** Where element zero lies in the storage, in elements. */
    public long offset() {
        return offset;
    }

    public Storage storage() {
        return storage;
    }

    /** Whether the elements lie densely in row-major order. */
    public boolean isContiguous() {
        return Arrays.equals(strides, type.shape().strides());
    }

    // Lifetime is counted in the storage's allocator; until a storage can be released early these only note holders.
    private int holders;

    @Override
    public void retain() {
        holders++;
    }

    @Override
    public void release() {
        holders--;
    }

    @Override
    public void discard() {}

    @Override
    public void pin() {
        holders = Integer.MIN_VALUE / 2;
    }
}

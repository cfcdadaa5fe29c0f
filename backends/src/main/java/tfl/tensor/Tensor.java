package tfl.tensor;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.lang.ref.Reference;
import java.util.stream.IntStream;

/**
 * An immutable n-dimensional array: a {@link TensorType}, and a strided view of a {@link Storage}.
 *
 * <p>Element {@code (i0, i1, ...)} lies at {@code offset + i0 * strides[0] + i1 * strides[1] + ...}, counted in
 * elements. Strides may be zero (broadcast) or negative (reversed). Elements are named by their position in row-major
 * order, 0 to {@code size() - 1}, whatever the strides.
 */
public final class Tensor implements TensorValue {
    private static final VarHandle HOLDERS = holders(MethodHandles.lookup());
    private static final int RELEASED = -1;
    private static final int PINNED = -2;

    private final TensorType type;
    private final long[] strides;
    private final long offset;
    private final Storage storage;
    private final boolean contiguous;
    private volatile int holders;
    /** What was read of a storage whose bytes are elsewhere. */
    private volatile LocalCopy copy;

    /**
     * Another view of a storage.
     *
     * @throws IllegalArgumentException if an element would lie outside the storage
     */
    public Tensor(TensorType type, long[] strides, long offset, Storage storage) {
        this(type, strides.clone(), offset, storage, Views.isContiguous(type.shape(), strides));
        Views.check(this);
        storage.addView();
    }

    private Tensor(TensorType type, long[] strides, long offset, Storage storage, boolean contiguous) {
        this.type = type;
        this.strides = strides;
        this.offset = offset;
        this.storage = storage;
        this.contiguous = contiguous;
    }

    private static VarHandle holders(MethodHandles.Lookup lookup) {
        try {
            return lookup.findVarHandle(Tensor.class, "holders", int.class);
        } catch (ReflectiveOperationException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }

    /**
     * A fresh row-major tensor with undefined content.
     *
     * @throws OutOfTensorMemory if the limit leaves too little
     */
    public static Tensor allocate(TensorType type) {
        if (type.shape().size() > Long.MAX_VALUE / 16) {
            throw Memory.exhausted(Long.MAX_VALUE);
        }
        var storage = Storage.allocate(type.shape().size() * type.dtype().bytes());
        storage.label(type);
        return new Tensor(type, type.shape().sharedStrides(), 0, storage, true);
    }

    /** A fresh row-major tensor with undefined content. */
    public static Tensor allocate(DType dtype, long... dims) {
        return allocate(new TensorType(dtype, Shape.of(dims)));
    }

    /** A tensor of rank 0; {@code value} is rounded, or for an integer dtype truncated. */
    public static Tensor scalar(DType dtype, double value) {
        var tensor = allocate(TensorType.scalar(dtype));
        Elements.putDouble(dtype, tensor.address(), value);
        return tensor;
    }

    /** A tensor of rank 0; {@code value} wraps to a narrower integer. */
    public static Tensor scalar(DType dtype, long value) {
        var tensor = allocate(TensorType.scalar(dtype));
        Elements.putLong(dtype, tensor.address(), value);
        return tensor;
    }

    /** A copy of that f32 row-major data. */
    public static Tensor of(float[] data, long... dims) {
        return TensorData.of(DType.F32, data, data.length, dims);
    }

    /** A copy of that f64 row-major data. */
    public static Tensor of(double[] data, long... dims) {
        return TensorData.of(DType.F64, data, data.length, dims);
    }

    /** A copy of that i64 row-major data. */
    public static Tensor of(long[] data, long... dims) {
        return TensorData.of(DType.I64, data, data.length, dims);
    }

    /** A copy of that i32 row-major data. */
    public static Tensor of(int[] data, long... dims) {
        return TensorData.of(DType.I32, data, data.length, dims);
    }

    /** A copy of that bool row-major data. */
    public static Tensor of(boolean[] data, long... dims) {
        return TensorData.of(data, dims);
    }

    /** A copy of row-major data, converted to any dtype as {@link #scalar(DType, double)} does. */
    public static Tensor of(DType dtype, double[] data, long... dims) {
        return TensorData.of(dtype, data, dims);
    }

    /** A copy of row-major data, converted to any dtype as {@link #scalar(DType, long)} does. */
    public static Tensor of(DType dtype, long[] data, long... dims) {
        return TensorData.of(dtype, data, dims);
    }

    /** A c64 tensor of row-major pairs: real part, imaginary part. */
    public static Tensor ofComplex(float[] pairs, long... dims) {
        return TensorData.of(DType.C64, pairs, pairs.length / 2, dims);
    }

    /** A copy of the bytes of row-major elements, in the machine's byte order. */
    public static Tensor ofBytes(DType dtype, byte[] bytes, long... dims) {
        return TensorData.of(dtype, bytes, bytes.length / dtype.bytes(), dims);
    }

    /** A row-major tensor whose elements begin at the origin's first byte and are read where they are needed. */
    public static Tensor of(Origin origin, TensorType type) {
        if (origin.bytes() < type.bytes()) {
            throw new IllegalArgumentException(origin.bytes() + " bytes for " + type);
        }
        return over(Storage.of(origin), type);
    }

    /** The first view of a storage, row-major from its start. */
    static Tensor over(Storage storage, TensorType type) {
        return new Tensor(type, type.shape().sharedStrides(), 0, storage, true);
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

    /** The size of that axis, {@code 0 <= axis < rank}. */
    public long dim(int axis) {
        return type.shape().dim(axis);
    }

    /** The stride of that axis, in elements. */
    public long stride(int axis) {
        return strides[axis];
    }

    public long[] strides() {
        return strides.clone();
    }

    long[] sharedStrides() {
        return strides;
    }

    /** Where element zero lies in the storage, in elements. */
    public long offset() {
        return offset;
    }

    public Storage storage() {
        return storage;
    }

    /** Whether the elements lie densely in row-major order; axes of size one may have any stride. */
    public boolean isContiguous() {
        return contiguous;
    }

    /**
     * The address of element zero. Who hands it to native code keeps this tensor reachable until that is done.
     *
     * @throws IllegalStateException if the tensor is released
     */
    public long address() {
        if (holders == RELEASED) {
            throw Storage.released();
        }
        long base = storage.addressOrZero();
        return base == 0 ? copy().address(offset, type.dtype().bytes()) : base + offset * type.dtype().bytes();
    }

    /** The memory from the element at that place of the storage on, which this tensor spans. */
    public MemorySegment segment(long place) {
        int width = type.dtype().bytes();
        return storage.origin() == null ? storage.segment().asSlice(place * width) : copy().segment(place, width);
    }

    /** Whether the elements are still where the storage's origin is, so that all would be read to see one. */
    public boolean isElsewhere() {
        return storage.origin() != null && copy == null;
    }

    private LocalCopy copy() {
        var known = copy;
        if (known != null) {
            return known;
        }
        synchronized (this) {
            if (storage.origin() == null || holders == RELEASED) {
                throw Storage.released();
            }
            if (copy == null) {
                copy = LocalCopy.of(this, storage.origin());
            }
            return copy;
        }
    }

    private void drop() {
        var read = copy;
        if (read != null) {
            copy = null;
            read.free();
        }
        storage.dropView();
    }

    /** The address of the element at a row-major position. */
    public long address(long position) {
        return address() + (contiguous ? position : Views.offset(this, position)) * type.dtype().bytes();
    }

    /**
     * The element at a row-major position: the nearest double, the real part of a complex number, 0 or 1 for a bool.
     *
     * @throws IndexOutOfBoundsException if there is no such element
     */
    public double readDouble(long position) {
        double value = Elements.getDouble(type.dtype(), address(checked(position)));
        Reference.reachabilityFence(this);
        return value;
    }

    /** The element at a row-major position as a long; a float is truncated and saturates. */
    public long readLong(long position) {
        long value = Elements.getLong(type.dtype(), address(checked(position)));
        Reference.reachabilityFence(this);
        return value;
    }

    /** The imaginary part of the element at a row-major position; 0 unless complex. */
    public double readImaginary(long position) {
        long address = address(checked(position));
        double value = type.dtype().isComplex() ? NativeMemory.getFloat(address + 4) : 0;
        Reference.reachabilityFence(this);
        return value;
    }

    /** The row-major position of an index, one number for each axis. */
    public long position(long... index) {
        return Views.position(shape(), index);
    }

    private long checked(long position) {
        if (position < 0 || position >= size()) {
            throw new IndexOutOfBoundsException("element " + position + " of " + size());
        }
        return position;
    }

    /** All elements in row-major order, as {@link #readDouble} gives them. */
    public double[] toDoubles() {
        return TensorData.toDoubles(this);
    }

    /** All elements in row-major order, as {@link #readLong} gives them. */
    public long[] toLongs() {
        return TensorData.toLongs(this);
    }

    /** All elements in row-major order, rounded to float; of complex numbers, the real parts. */
    public float[] toFloats() {
        return TensorData.toFloats(this);
    }

    /** The bytes of all elements in row-major order. */
    public byte[] toBytes() {
        return TensorData.toBytes(this);
    }

    /** Elements {@code start, start + step, ...} of an axis, {@code count} of them; the step may be negative. */
    public Tensor slice(int axis, long start, long step, long count) {
        return Views.slice(this, axis, start, step, count);
    }

    /** Axis {@code i} of the view is axis {@code axes[i]} of this. */
    public Tensor permute(int... axes) {
        return Views.permute(this, axes);
    }

    /** Each matrix of the last two axes turned. */
    public Tensor transposeMatrices() {
        var axes = IntStream.range(0, rank()).toArray();
        axes[rank() - 2] = rank() - 1;
        axes[rank() - 1] = rank() - 2;
        return permute(axes);
    }

    /** Broadcast as NumPy does: axes are added in front, axes of size one are repeated. */
    public Tensor broadcastTo(Shape shape) {
        return Views.broadcastTo(this, shape);
    }

    /** The same elements in another shape, or null where these strides do not allow a view. */
    public Tensor reshapeView(Shape shape) {
        return Views.reshape(this, shape);
    }

    /** A new axis of size one before {@code axis}. */
    public Tensor expand(int axis) {
        return Views.expand(this, axis);
    }

    /** Without an axis of size one. */
    public Tensor squeeze(int axis) {
        return Views.squeeze(this, axis);
    }

    /** The axis, last element first. */
    public Tensor reverse(int axis) {
        return Views.slice(this, axis, Math.max(0, dim(axis) - 1), -1, dim(axis));
    }

    /** Any view of the same storage; strides and offset count elements of {@code type}. */
    public Tensor asStrided(TensorType type, long[] strides, long offset) {
        return new Tensor(type, strides, offset, storage);
    }

    /** The f32 parts of a c64 tensor: the real ones, or the imaginary ones. */
    public Tensor part(boolean imaginary) {
        return Views.part(this, imaginary);
    }

    /** Names the owner of the memory in an out-of-memory report; cheap, and only kept for large tensors. */
    public void label(String name) {
        storage.label(name + ": " + type);
    }

    /** Whether nobody holds this tensor and no other live tensor views its bytes, so that they may be overwritten. */
    public boolean isTemporary() {
        return holders == 0 && storage.isViewedOnce();
    }

    @Override
    public boolean isExclusive() {
        return holders == 1 && storage.isViewedOnce();
    }

    @Override
    public void retain() {
        int now;
        do {
            now = holders;
            if (now < 0) {
                if (now == PINNED) {
                    return;
                }
                throw Storage.released();
            }
        } while (!HOLDERS.compareAndSet(this, now, now + 1));
    }

    @Override
    public void release() {
        if (letGo(RELEASED)) {
            drop();
        }
    }

    @Override
    public void unretain() {
        letGo(0);
    }

    /** One holder less; whether that was the last, after whom the count becomes {@code last}. */
    private boolean letGo(int last) {
        int now;
        do {
            now = holders;
            if (now <= 0) {
                if (now == PINNED) {
                    return false;
                }
                throw new IllegalStateException("a tensor was released more often than held: this is a bug in TFL");
            }
        } while (!HOLDERS.compareAndSet(this, now, now == 1 ? last : now - 1));
        return now == 1;
    }

    @Override
    public void discard() {
        if (holders == 0 && HOLDERS.compareAndSet(this, 0, RELEASED)) {
            drop();
        }
    }

    @Override
    public void pin() {
        int now;
        do {
            now = holders;
            if (now == RELEASED) {
                throw Storage.released();
            }
        } while (!HOLDERS.compareAndSet(this, now, PINNED));
    }

    boolean isPinned() {
        return holders == PINNED;
    }

    /** The type; elements are for a printer. */
    @Override
    public String toString() {
        return type.toString();
    }
}

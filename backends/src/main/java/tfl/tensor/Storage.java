package tfl.tensor;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Bytes outside the Java heap, 64-byte aligned, shared by the tensors that view them.
 *
 * <p>It counts the live tensors that view it; when the last is gone its memory goes back to the allocator at once.
 * Where
 * nobody says so, the collector does the same later. Every access goes through {@link #address} or {@link #segment},
 * which refuse a released storage.
 */
public final class Storage {
    private static final VarHandle VIEWS = views(MethodHandles.lookup());
    private final long bytes;
    private final Chunk chunk;
    private final Origin origin;
    private long address;
    /** Starts with the tensor that the storage is made for. */
    private volatile int views = 1;

    private Storage(Chunk chunk, long bytes) {
        this.chunk = chunk;
        this.origin = null;
        this.address = chunk.address();
        this.bytes = bytes;
    }

    private Storage(Origin origin) {
        this.chunk = null;
        this.origin = origin;
        this.bytes = origin.bytes();
    }

    private static VarHandle views(MethodHandles.Lookup lookup) {
        try {
            return lookup.findVarHandle(Storage.class, "views", int.class);
        } catch (ReflectiveOperationException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }

    /** Fresh storage with undefined content, viewed once. */
    static Storage allocate(long bytes) {
        return new Storage(Memory.chunk(bytes), bytes);
    }

    /** Storage over somebody else's memory, viewed once. */
    static Storage borrow(MemorySegment memory) {
        return new Storage(new Borrowed(memory), memory.byteSize());
    }

    /** Storage without memory, viewed once, whose bytes are read where a tensor needs them. */
    static Storage of(Origin origin) {
        return new Storage(origin);
    }

    public long bytes() {
        return bytes;
    }

    /** The memory of its own, or null if the bytes are elsewhere. */
    Chunk chunk() {
        return chunk;
    }

    /** Where the bytes are read from, or null if they are here. */
    Origin origin() {
        return origin;
    }

    /** Where the bytes begin, or 0 if they are elsewhere, or released. */
    long addressOrZero() {
        return address;
    }

    /**
     * Where the bytes begin. Who hands this to native code keeps the tensor reachable until that is done. Storage with
     * an origin has no such place; {@link Tensor#address} and {@link Tensor#segment} have.
     *
     * @throws IllegalStateException if the storage is released
     */
    public long address() {
        if (address == 0) {
            throw released();
        }
        return address;
    }

    /** The bytes; bounds-checked by the JDK. */
    public MemorySegment segment() {
        return NativeMemory.segment(address(), bytes);
    }

    /** Whether exactly one live tensor views these bytes, and may write to them. */
    public boolean isViewedOnce() {
        return views == 1 && origin == null && !(chunk instanceof Borrowed);
    }

    void label(Object owner) {
        if (chunk != null) {
            chunk.label(owner);
        }
    }

    void addView() {
        int seen;
        do {
            seen = views;
            if (seen == 0) {
                throw released();
            }
        } while (!VIEWS.compareAndSet(this, seen, seen + 1));
    }

    void dropView() {
        int before = (int) VIEWS.getAndAdd(this, -1);
        if (before == 1) {
            address = 0;
            if (chunk == null) {
                origin.close();
            } else {
                chunk.giveBack();
            }
        }
    }

    static IllegalStateException released() {
        return new IllegalStateException("a released tensor was used: this is a bug in TFL");
    }
}

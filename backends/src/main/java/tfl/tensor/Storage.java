package tfl.tensor;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Bytes outside the Java heap, 64-byte aligned, shared by the tensors that view them.
 *
 * <p>A storage is released when the last tensor that holds it is, or by the collector when nobody said so. Every access
 * goes through {@link #segment()}, which refuses a released storage.
 */
public final class Storage {
    private static final long ALIGNMENT = 64;
    private final long bytes;
    private MemorySegment segment;

    private Storage(MemorySegment segment, long bytes) {
        this.segment = segment;
        this.bytes = bytes;
    }

    /** Fresh storage with undefined content. */
    public static Storage allocate(long bytes) {
        return new Storage(Arena.ofAuto().allocate(Math.max(1, bytes), ALIGNMENT), bytes);
    }

    public long bytes() {
        return bytes;
    }

    /** The bytes; bounds-checked by the JDK. */
    public MemorySegment segment() {
        if (segment == null) {
            throw new IllegalStateException("a released storage was read: this is a bug in TFL");
        }
        return segment;
    }
}

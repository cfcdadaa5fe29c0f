package tfl.tensor;

import java.lang.foreign.MemorySegment;

/**
 * Where the bytes of a storage come from that has no memory of its own, such as a file: each tensor that views it reads
 * the elements that it spans when their address is first asked for, into memory of its own.
 */
public interface Origin {
    /** How many bytes there are. */
    long bytes();

    /** Fills memory with the bytes from an offset on; whole elements, in the machine's byte order. */
    void read(long offset, MemorySegment to);

    /** Called once, when no tensor views the storage any more. */
    void close();
}

package tfl.stdlib.io;

import com.oracle.truffle.api.TruffleFile;
import java.io.Closeable;
import java.io.IOException;
import java.lang.foreign.MemorySegment;

/** Bytes of a known number that are read from any position: a file's, or an array's. */
interface ByteSource extends Closeable {
    long size();

    /**
     * Fills memory with the bytes from a position on; both lie within the source, as its size said.
     *
     * @throws IOException if they cannot be read, or are no longer there
     */
    void read(long position, MemorySegment to) throws IOException;

    @Override
    default void close() throws IOException {}

    static ByteSource of(byte[] bytes) {
        var memory = MemorySegment.ofArray(bytes);
        return new ByteSource() {
            @Override
            public long size() {
                return bytes.length;
            }

            @Override
            public void read(long position, MemorySegment to) {
                MemorySegment.copy(memory, position, to, 0, to.byteSize());
            }
        };
    }

    /** The bytes of a file, which are read when they are asked for. */
    static ByteSource open(TruffleFile file) throws IOException {
        return new OpenFile(file);
    }
}

package tfl.stdlib.io;

import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;

/** A part of a source as a stream that knows how far it came. */
final class SourceStream extends InputStream {
    private final ByteSource source;
    private final long end;
    private long position;

    SourceStream(ByteSource source) {
        this(source, 0, source.size());
    }

    /** The bytes from {@code start} to before {@code end}. */
    SourceStream(ByteSource source, long start, long end) {
        this.source = source;
        this.position = start;
        this.end = end;
    }

    /** The first byte that was not handed out. */
    long position() {
        return position;
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] to, int from, int length) throws IOException {
        int count = (int) Math.min(length, end - position);
        if (count <= 0) {
            return length == 0 ? 0 : -1;
        }
        source.read(position, MemorySegment.ofArray(to).asSlice(from, count));
        position += count;
        return count;
    }

    @Override
    public int available() {
        return (int) Math.min(Integer.MAX_VALUE, end - position);
    }
}

package tfl.stdlib.io;

import java.io.EOFException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;

/** A file that is read by position. It keeps the size it had when it was opened, and says when bytes have gone. */
final class OpenFile implements ByteSource {
    private static final long MOST_AT_ONCE = 1L << 28;
    private final FileChannel channel;
    private final long size;

    OpenFile(FileChannel channel) throws IOException {
        this.channel = channel;
        this.size = channel.size();
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public void read(long position, MemorySegment to) throws IOException {
        for (long done = 0; done < to.byteSize();) {
            var part = to.asSlice(done, Math.min(MOST_AT_ONCE, to.byteSize() - done)).asByteBuffer();
            int got = channel.read(part, position + done);
            if (got < 0) {
                throw new EOFException("the file had " + size
                        + " bytes and was cut while it was read; it now ends at byte " + (position + done));
            }
            done += got;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}

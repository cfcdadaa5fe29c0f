package tfl.stdlib.io;

import com.oracle.truffle.api.TruffleFile;
import java.io.EOFException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/** A file that is read by position. It keeps the size it had when it was opened, and says when bytes have gone. */
final class OpenFile implements ByteSource {
    private static final long MOST_AT_ONCE = 1L << 28;
    private final SeekableByteChannel channel;
    private final long size;

    OpenFile(TruffleFile file) throws IOException {
        this.channel = file.newByteChannel(Set.of(StandardOpenOption.READ));
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
            int got = read(position + done, part);
            if (got < 0) {
                throw new EOFException("the file had " + size
                        + " bytes and was cut while it was read; it now ends at byte " + (position + done));
            }
            done += got;
        }
    }

    /** One position at a time: several threads may read. */
    private synchronized int read(long position, ByteBuffer to) throws IOException {
        return channel.position(position).read(to);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}

package tfl.stdlib.summary;

import com.oracle.truffle.api.TruffleFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.zip.CRC32C;
import tfl.interpreter.builtin.Disk;

/**
 * A file of records as TensorFlow frames them: the length in 8 bytes, its masked checksum in 4, the record, its masked
 * checksum. Each record goes to the system whole and at once, so a killed process leaves all that it wrote.
 */
final class EventFile {
    private static final int HEAD = Long.BYTES + Integer.BYTES;
    private static final int MASK = 0xa282ead8;

    private final TruffleFile path;
    private SeekableByteChannel out;
    private long length;
    private boolean closed;

    private EventFile(TruffleFile path) throws IOException {
        this.path = path;
        this.out = path.newByteChannel(Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
    }

    /** A new file in that folder, which is made if it is not there; TensorBoard knows such files by their names. */
    static EventFile create(TruffleFile folder) throws IOException {
        folder.createDirectories();
        long seconds = System.currentTimeMillis() / 1000;
        long process = ProcessHandle.current().pid();
        for (int number = 0;; number++) {
            try {
                return new EventFile(folder.resolve(String.format("events.out.tfevents.%010d.%s.%d.%d", seconds,
                        HostName.get(), process, number)));
            } catch (FileAlreadyExistsException taken) {
                // The next number.
            }
        }
    }

    TruffleFile path() {
        return path;
    }

    synchronized boolean isClosed() {
        return closed;
    }

    /** Adds a record; if that fails, the file is as it was before. */
    synchronized void append(byte[] record) throws IOException {
        var framed = ByteBuffer.allocate(HEAD + record.length + Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        framed.putLong(record.length).putInt(checksum(framed.array(), Long.BYTES));
        framed.put(record).putInt(checksum(record, record.length));
        try {
            write(framed.flip());
            length += framed.capacity();
        } catch (IOException full) {
            out.truncate(length);
            throw full;
        }
    }

    // An interrupt of the thread closes the channel, in the middle of a record if it comes then: so it waits.
    private void write(ByteBuffer framed) throws IOException {
        boolean interrupted = Thread.interrupted();
        try {
            while (framed.hasRemaining()) {
                try {
                    out.write(framed);
                } catch (ClosedByInterruptException stopped) {
                    interrupted |= Thread.interrupted();
                    out = path.newByteChannel(Set.of(StandardOpenOption.WRITE)).truncate(length).position(length);
                    framed.rewind();
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Has the system write to the disk what it holds of the file. */
    synchronized void force() throws IOException {
        Disk.settle(path);
    }

    synchronized void close() throws IOException {
        if (!closed) {
            closed = true;
            out.close();
        }
    }

    private static int checksum(byte[] bytes, int count) {
        var sum = new CRC32C();
        sum.update(bytes, 0, count);
        int value = (int) sum.getValue();
        return Integer.rotateRight(value, 15) + MASK;
    }
}

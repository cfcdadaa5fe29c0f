package tfl.stdlib.summary;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32C;

/**
 * A file of records as TensorFlow frames them: the length in 8 bytes, its masked checksum in 4, the record, its masked
 * checksum. Each record goes to the system whole and at once, so a killed process leaves all that it wrote.
 */
final class EventFile {
    private static final int HEAD = Long.BYTES + Integer.BYTES;
    private static final int MASK = 0xa282ead8;

    private final Path path;
    // Not a channel: an interrupt of the thread would close that in the middle of a record.
    private final FileOutputStream out;
    private long length;
    private boolean closed;

    private EventFile(Path path, FileOutputStream out) {
        this.path = path;
        this.out = out;
    }

    /** A new file in that folder, which is made if it is not there; TensorBoard knows such files by their names. */
    static EventFile create(Path folder) throws IOException {
        Files.createDirectories(folder);
        long seconds = System.currentTimeMillis() / 1000;
        long process = ProcessHandle.current().pid();
        for (int number = 0;; number++) {
            var path = folder.resolve(String.format("events.out.tfevents.%010d.%s.%d.%d", seconds, HostName.get(),
                    process, number));
            try {
                Files.createFile(path);
            } catch (FileAlreadyExistsException taken) {
                continue;
            }
            return new EventFile(path, new FileOutputStream(path.toFile()));
        }
    }

    Path path() {
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
            out.write(framed.array());
            length += framed.capacity();
        } catch (IOException full) {
            out.getChannel().truncate(length);
            throw full;
        }
    }

    /** Has the system write to the disk what it holds of the file. */
    synchronized void force() throws IOException {
        out.getFD().sync();
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

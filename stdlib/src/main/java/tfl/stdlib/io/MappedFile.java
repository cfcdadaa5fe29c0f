package tfl.stdlib.io;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Locale;
import java.util.Objects;
import tfl.interpreter.TflException;
import tfl.tensor.DType;
import tfl.tensor.Origin;
import tfl.tensor.Tensor;
import tfl.tensor.TensorType;

/**
 * The elements of a {@code .npy} file as a tensor's origin: each part is read where it is needed, by position and never
 * through a mapping of memory, because a file that somebody cuts must end in an error and not in a dead process (see
 * docs/decisions/mapping.md). A file that changed since is an error too, for a tensor's elements never change.
 */
final class MappedFile implements Origin {
    private final String name;
    private final Path file;
    private final OpenFile content;
    private final BasicFileAttributes then;
    private final NpyHeader header;
    private final long start;
    private final long bytes;

    private MappedFile(String name, Path file, OpenFile content) throws IOException {
        this.name = name;
        this.file = file;
        this.content = content;
        this.then = Files.readAttributes(file, BasicFileAttributes.class);
        var reader = new ByteReader(content);
        this.header = NpyHeader.read(reader);
        this.start = reader.position();
        if (header.dtype() == null) {
            throw new UnsupportedValue("its elements are read into another type, so it cannot be mapped");
        }
        this.bytes = Sizes.bytes(header.dtype(), header.shape(), start, "the data");
        reader.need(bytes, "the data");
    }

    /** A tensor over the file, of which only the header was read. */
    static Tensor open(String name) {
        var file = tfl.stdlib.io.Files.path(name);
        if (!name.toLowerCase(Locale.ROOT).endsWith(".npy")) {
            throw IoErrors.notMapped(name, "only .npy files can");
        }
        OpenFile content = null;
        try {
            content = new OpenFile(FileChannel.open(file, StandardOpenOption.READ));
            var mapped = new MappedFile(name, file, content);
            content = null;
            return mapped.header.view(Tensor.of(mapped, new TensorType(mapped.header.dtype(),
                    mapped.header.stored())));
        } catch (CorruptFile problem) {
            throw IoErrors.corrupt(name, problem);
        } catch (UnsupportedValue problem) {
            throw IoErrors.notMapped(name, problem.getMessage());
        } catch (IOException problem) {
            throw IoErrors.of(name, problem);
        } finally {
            close(content);
        }
    }

    @Override
    public long bytes() {
        return bytes;
    }

    @Override
    public void read(long offset, MemorySegment to) {
        try {
            checkSame();
            content.read(start + offset, to);
            checkSame();
        } catch (EOFException cut) {
            throw IoErrors.changed(name, cut.getMessage());
        } catch (IOException problem) {
            throw IoErrors.of(name, problem);
        }
        if (header.bigEndian()) {
            ByteOrders.swap(to, ByteOrders.width(header.dtype()));
        }
        if (header.dtype() == DType.BOOL) {
            ByteOrders.clean(to);
        }
    }

    /** A file of another identity took the name, and the one that is open is as it was; else it must be unchanged. */
    private void checkSame() throws IOException {
        var now = attributes();
        boolean replaced = now == null || !Objects.equals(now.fileKey(), then.fileKey());
        if (!replaced && (now.size() != then.size() || !now.lastModifiedTime().equals(then.lastModifiedTime()))) {
            throw changed(now);
        }
    }

    private TflException changed(BasicFileAttributes now) {
        return IoErrors.changed(name, now.size() == then.size() ? "it was written to since"
                : "it had " + then.size() + " bytes and has " + now.size());
    }

    /** What the name stands for now, or null if it stands for nothing. */
    private BasicFileAttributes attributes() throws IOException {
        return Files.exists(file) ? Files.readAttributes(file, BasicFileAttributes.class) : null;
    }

    @Override
    public void close() {
        close(content);
    }

    private static void close(OpenFile content) {
        try {
            if (content != null) {
                content.close();
            }
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }
}

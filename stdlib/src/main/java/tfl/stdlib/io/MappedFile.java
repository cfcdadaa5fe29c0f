package tfl.stdlib.io;

import com.oracle.truffle.api.TruffleFile;
import com.oracle.truffle.api.TruffleFile.AttributeDescriptor;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Locale;
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
    private final TruffleFile file;
    private final OpenFile content;
    private final Identity then;
    private final NpyHeader header;
    private final long start;
    private final long bytes;

    private MappedFile(String name, TruffleFile file, OpenFile content) throws IOException {
        this.name = name;
        this.file = file;
        this.content = content;
        this.then = Identity.of(file);
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
            content = new OpenFile(file);
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
        var now = file.exists() ? Identity.of(file) : null;
        boolean replaced = now == null || now.number() != then.number();
        if (!replaced && (now.size() != then.size() || !now.modified().equals(then.modified()))) {
            throw changed(now);
        }
    }

    private TflException changed(Identity now) {
        return IoErrors.changed(name, now.size() == then.size() ? "it was written to since"
                : "it had " + then.size() + " bytes and has " + now.size());
    }

    /** What tells one file from another, and from itself later; the number is 0 where the system gives none. */
    private record Identity(long size, FileTime modified, long number) {
        private static final List<AttributeDescriptor<?>> ALL = List.of(TruffleFile.SIZE,
                TruffleFile.LAST_MODIFIED_TIME, TruffleFile.UNIX_INODE);

        static Identity of(TruffleFile file) throws IOException {
            try {
                var found = file.getAttributes(ALL);
                return new Identity(found.get(TruffleFile.SIZE), found.get(TruffleFile.LAST_MODIFIED_TIME),
                        found.get(TruffleFile.UNIX_INODE));
            } catch (UnsupportedOperationException | IllegalArgumentException notUnix) {
                return new Identity(file.size(), file.getLastModifiedTime(), 0);
            }
        }
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

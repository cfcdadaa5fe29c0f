package tfl.stdlib.io;

import com.oracle.truffle.api.TruffleFile;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.zip.GZIPOutputStream;
import tfl.interpreter.builtin.WorkingFolder;
import tfl.tensor.DType;
import tfl.tensor.Shape;
import tfl.tensor.Tensor;

/** Files by name: finds the format, unpacks and packs, writes aside and renames. */
final class Files {
    private static final String PACKED = ".gz";
    private static final int BUFFER = 1 << 16;

    private Files() {}

    static TruffleFile path(String name) {
        try {
            return WorkingFolder.resolve(name);
        } catch (InvalidPathException problem) {
            throw IoErrors.of(name, new NoSuchFileException(name));
        }
    }

    static Object load(String name) {
        var format = format(name);
        return unpacked(name, source -> format.read(new ByteReader(source)));
    }

    /** The texts about what a file holds. */
    static Map<String, String> metadata(String name) {
        var format = format(name);
        return unpacked(name, source -> format.metadata(new ByteReader(source)));
    }

    private static FileFormat format(String name) {
        var format = FileFormats.of(isPacked(name) ? name.substring(0, name.length() - PACKED.length()) : name);
        if (format == null) {
            throw IoErrors.extension(name);
        }
        return format;
    }

    private static boolean isPacked(String name) {
        return name.toLowerCase(Locale.ROOT).endsWith(PACKED);
    }

    /** What is read from the bytes of a file as they are, with errors that name it. */
    static <T> T opened(String name, Function<ByteSource, T> reading) {
        try (var file = ByteSource.open(path(name))) {
            return reading.apply(file);
        } catch (CorruptFile problem) {
            throw IoErrors.corrupt(name, problem);
        } catch (UncheckedIOException problem) {
            throw IoErrors.of(name, problem.getCause());
        } catch (IOException problem) {
            throw IoErrors.of(name, problem);
        }
    }

    /** What is read from a file's content, which is unpacked first if the name says so. */
    private static <T> T unpacked(String name, Function<ByteSource, T> reading) {
        return isPacked(name) ? opened(name, source -> unpacked(source, reading)) : opened(name, reading);
    }

    /** What is read from the content of a gzip file. */
    static <T> T unpacked(ByteSource packed, Function<ByteSource, T> reading) {
        try (var content = Unpacked.gzip(packed)) {
            return reading.apply(content);
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    static void save(String name, Object value, Map<String, String> metadata) {
        var format = format(name);
        try {
            write(path(name), out -> {
                if (isPacked(name)) {
                    try (var packed = new GZIPOutputStream(out, BUFFER)) {
                        format.write(value, metadata, new ByteSink(packed));
                    }
                } else {
                    format.write(value, metadata, new ByteSink(out));
                }
            });
        } catch (UnsupportedValue problem) {
            throw IoErrors.unsupported(name, problem);
        } catch (IOException problem) {
            throw IoErrors.of(name, problem);
        }
    }

    static Tensor readBytes(String name) {
        return opened(name, source -> new ByteReader(source).tensor(DType.U8, Shape.of(source.size()), "the file"));
    }

    static Object[] list(String name) {
        try {
            return path(name).list().stream().map(TruffleFile::getName).sorted().toArray();
        } catch (IOException problem) {
            throw IoErrors.of(name, problem);
        }
    }

    /** What fills a file. */
    private interface Writing {
        void to(OutputStream out) throws IOException;
    }

    /** Writes to another name in the same folder, then renames: a killed process leaves the old file. */
    private static void write(TruffleFile file, Writing writing) throws IOException {
        var folder = file.getAbsoluteFile().getParent();
        if (folder == null || !folder.isDirectory()) {
            throw new NoSuchFileException(String.valueOf(folder));
        }
        var aside = folder.resolve("." + file.getName() + "." + Long.toHexString(ThreadLocalRandom.current().nextLong())
                + ".part");
        boolean done = false;
        try {
            try (var out = new BufferedOutputStream(
                    aside.newOutputStream(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), BUFFER)) {
                writing.to(out);
            }
            aside.move(file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            done = true;
        } finally {
            if (!done && aside.exists()) {
                aside.delete();
            }
        }
    }
}

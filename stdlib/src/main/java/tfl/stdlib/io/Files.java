package tfl.stdlib.io;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipException;
import tfl.tensor.DType;
import tfl.tensor.Tensor;

/** Files by name: finds the format, unpacks and packs, writes aside and renames. */
final class Files {
    private static final String PACKED = ".gz";

    private Files() {}

    static Path path(String name) {
        try {
            return Path.of(name);
        } catch (InvalidPathException problem) {
            throw IoErrors.of(name, new NoSuchFileException(name));
        }
    }

    static Object load(String name) {
        var format = FileFormats.of(name.endsWith(PACKED) ? bare(name) : name);
        if (format == null) {
            throw IoErrors.extension(name);
        }
        return decode(name, format, bytes(name));
    }

    static Object decode(String name, FileFormat format, byte[] bytes) {
        try {
            return format.read(name.endsWith(PACKED) ? unpack(name, bytes) : bytes);
        } catch (CorruptFile problem) {
            throw IoErrors.corrupt(name, problem);
        }
    }

    static void save(String name, Object value) {
        var format = FileFormats.of(name.endsWith(PACKED) ? bare(name) : name);
        if (format == null) {
            throw IoErrors.extension(name);
        }
        try {
            var bytes = format.write(value);
            write(path(name), name.endsWith(PACKED) ? pack(bytes) : bytes);
        } catch (UnsupportedValue problem) {
            throw IoErrors.unsupported(name, problem);
        } catch (IOException problem) {
            throw IoErrors.of(name, problem);
        }
    }

    static Tensor readBytes(String name) {
        var bytes = bytes(name);
        return Tensor.ofBytes(DType.U8, bytes, bytes.length);
    }

    static Object[] list(String name) {
        try (var entries = java.nio.file.Files.list(path(name))) {
            return entries.map(entry -> entry.getFileName().toString()).sorted().toArray();
        } catch (IOException problem) {
            throw IoErrors.of(name, problem);
        }
    }

    private static byte[] bytes(String name) {
        try {
            return java.nio.file.Files.readAllBytes(path(name));
        } catch (IOException problem) {
            throw IoErrors.of(name, problem);
        }
    }

    private static String bare(String name) {
        return name.substring(0, name.length() - PACKED.length());
    }

    private static byte[] unpack(String name, byte[] bytes) {
        var source = new ByteArrayInputStream(bytes);
        try (var stream = new GZIPInputStream(source)) {
            return stream.readAllBytes();
        } catch (EOFException early) {
            throw IoErrors.truncated(name, bytes.length);
        } catch (ZipException wrong) {
            throw new CorruptFile(bytes.length - source.available(), "the compressed data is wrong");
        } catch (IOException problem) {
            throw IoErrors.of(name, problem);
        }
    }

    private static byte[] pack(byte[] bytes) throws IOException {
        var packed = new ByteArrayOutputStream();
        try (var stream = new GZIPOutputStream(packed)) {
            stream.write(bytes);
        }
        return packed.toByteArray();
    }

    /** Writes to a temporary name in the same folder, then renames: a killed process leaves the old file. */
    private static void write(Path file, byte[] bytes) throws IOException {
        var folder = file.toAbsolutePath().getParent();
        if (!java.nio.file.Files.isDirectory(folder)) {
            throw new NoSuchFileException(folder.toString());
        }
        var aside = java.nio.file.Files.createTempFile(folder, "." + file.getFileName(), ".part");
        try {
            java.nio.file.Files.write(aside, bytes);
            java.nio.file.Files.move(aside, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            java.nio.file.Files.deleteIfExists(aside);
        }
    }
}

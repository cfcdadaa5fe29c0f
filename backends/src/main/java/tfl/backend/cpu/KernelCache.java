package tfl.backend.cpu;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import java.util.zip.Checksum;
import tfl.backend.CacheDirectory;
import tfl.backend.llvm.Description;
import tfl.backend.llvm.KernelSource;
import tfl.backend.llvm.LlvmCompiler;

/**
 * Compiled objects on disk, shared by processes. A file is named by a hash of the key, which is what the object was
 * compiled from, is written aside and renamed, and holds the object, the key and a checksum. Where there is no room or
 * no permission, kernels simply stay in memory.
 */
final class KernelCache {
    private static final int CHECKSUM = Long.BYTES;
    private static final Optional<Path> DIRECTORY = CacheDirectory.writable("kernels");
    private static final byte[] MACHINE = (LlvmCompiler.VERSION + " " + LlvmCompiler.PASSES + " "
            + HostProcessor.describe()).getBytes(StandardCharsets.UTF_8);

    private KernelCache() {}

    /**
     * What tells the object of a module from others on this kind of processor: its description and which generator
     * writes the text, so that the text of an object on disk need not be written; the text itself for a generator
     * without a name.
     */
    static byte[] key(KernelSource kernel, String generator) {
        if (generator.isEmpty()) {
            return kernel.text().getBytes(StandardCharsets.ISO_8859_1);
        }
        var writer = generator.getBytes(StandardCharsets.ISO_8859_1);
        var description = Description.of(kernel);
        // No text begins or goes on with a zero.
        return ByteBuffer.allocate(2 + writer.length + description.length).put((byte) 0).put(writer).put((byte) 0)
                .put(description).array();
    }

    /**
     * The name of a file: two checksums of 32 bits, of different polynomials, and the length. The JVM computes these
     * two by instructions of the processor even where its own code is not compiled yet, as it is when a program loads
     * its first kernels. Should two keys have one name, the key in the file tells.
     */
    static String name(byte[] key) {
        return hex(checksum(new CRC32C(), key)) + hex(checksum(new CRC32(), key)) + Integer.toHexString(key.length);
    }

    private static String hex(long word) {
        return HexFormat.of().toHexDigits((int) word);
    }

    private static long checksum(Checksum checksum, byte[] key) {
        checksum.update(MACHINE);
        checksum.update(key);
        return checksum.getValue();
    }

    /** The object of that key, if it is there and whole. */
    static Optional<byte[]> read(byte[] key) {
        if (DIRECTORY.isEmpty()) {
            return Optional.empty();
        }
        try {
            var bytes = Files.readAllBytes(file(key));
            int length = bytes.length - CHECKSUM;
            int object = length - key.length;
            boolean whole = object > 0 && checksum(bytes, length) == ByteBuffer.wrap(bytes).getLong(length)
                    && Arrays.equals(key, 0, key.length, bytes, object, length);
            return whole ? Optional.of(Arrays.copyOf(bytes, object)) : Optional.empty();
        } catch (IOException absent) {
            return Optional.empty();
        }
    }

    /** Keeps an object for later processes, if that can be. */
    static void write(byte[] key, byte[] object) {
        if (DIRECTORY.isEmpty()) {
            return;
        }
        Path aside = null;
        try {
            aside = Files.createTempFile(DIRECTORY.get(), name(key), ".part");
            int length = object.length + key.length;
            var bytes = ByteBuffer.allocate(length + CHECKSUM).put(object).put(key);
            Files.write(aside, bytes.putLong(checksum(bytes.array(), length)).array());
            Files.move(aside, file(key), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException full) {
            removeFile(aside);
        }
    }

    /** Forgets an object that turned out to be useless. */
    static void remove(byte[] key) {
        DIRECTORY.ifPresent(directory -> removeFile(file(key)));
    }

    private static Path file(byte[] key) {
        return DIRECTORY.orElseThrow().resolve(name(key) + ".o");
    }

    private static long checksum(byte[] bytes, int length) {
        var checksum = new CRC32C();
        checksum.update(bytes, 0, length);
        return checksum.getValue();
    }

    /** What cannot be removed is overwritten or passed over the next time. */
    private static void removeFile(Path file) {
        try {
            if (file != null) {
                Files.deleteIfExists(file);
            }
        } catch (IOException kept) {
            file.toFile().deleteOnExit();
        }
    }
}

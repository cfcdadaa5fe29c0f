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
import tfl.backend.llvm.LlvmCompiler;

/**
 * Compiled objects on disk, shared by processes. A file is named by the hash of what it was compiled from,
 * written aside and renamed, and ends with a checksum. Where there is no room or no permission, kernels
 * simply stay in memory.
 */
final class KernelCache {
    private static final int CHECKSUM = 8;
    private static final Optional<Path> DIRECTORY = CacheDirectory.writable("kernels");
    private static final byte[] MACHINE = (LlvmCompiler.VERSION + " " + LlvmCompiler.PASSES + " "
            + HostProcessor.describe()).getBytes(StandardCharsets.UTF_8);

    private KernelCache() {}

    /**
     * The name under which the object of a module lies, on this kind of processor: two checksums of 32 bits, of
     * different polynomials, and the length. The JVM computes these two by instructions of the processor even where
     * its own code is not compiled yet, as it is when a program loads its first kernels.
     */
    static String name(String module) {
        var text = module.getBytes(StandardCharsets.ISO_8859_1);
        return hex(checksum(new CRC32C(), text)) + hex(checksum(new CRC32(), text)) + Integer.toHexString(text.length);
    }

    private static String hex(long word) {
        return HexFormat.of().toHexDigits((int) word);
    }

    private static long checksum(Checksum checksum, byte[] text) {
        checksum.update(MACHINE);
        checksum.update(text);
        return checksum.getValue();
    }

    /** The object of that name, if it is there and whole. */
    static Optional<byte[]> read(String name) {
        if (DIRECTORY.isEmpty()) {
            return Optional.empty();
        }
        try {
            var bytes = Files.readAllBytes(file(name));
            int length = bytes.length - CHECKSUM;
            boolean whole = length > 0 && checksum(bytes, length) == ByteBuffer.wrap(bytes).getLong(length);
            return whole ? Optional.of(Arrays.copyOf(bytes, length)) : Optional.empty();
        } catch (IOException absent) {
            return Optional.empty();
        }
    }

    /** Keeps an object for later processes, if that can be. */
    static void write(String name, byte[] object) {
        if (DIRECTORY.isEmpty()) {
            return;
        }
        Path aside = null;
        try {
            aside = Files.createTempFile(DIRECTORY.get(), name, ".part");
            var bytes = ByteBuffer.allocate(object.length + CHECKSUM).put(object);
            Files.write(aside, bytes.putLong(checksum(object, object.length)).array());
            Files.move(aside, file(name), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException full) {
            removeFile(aside);
        }
    }

    /** Forgets an object that turned out to be useless. */
    static void remove(String name) {
        DIRECTORY.ifPresent(directory -> removeFile(file(name)));
    }

    private static Path file(String name) {
        return DIRECTORY.orElseThrow().resolve(name + ".o");
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

package tfl.backend.cpu;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;
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
    private static final String MACHINE = LlvmCompiler.VERSION + " " + LlvmCompiler.PASSES + " "
            + HostProcessor.describe();

    private KernelCache() {}

    /** The name under which the object of a module lies, on this kind of processor: 128 bits of hash. */
    static String name(String module) {
        return Long.toHexString(hash(module, 0x9e3779b97f4a7c15L))
                + Long.toHexString(hash(module, 0xc2b2ae3d27d4eb4fL));
    }

    /**
     * FNV-1a over characters, of the machine and then the module, its bits mixed at each step by a second
     * product.
     */
    private static long hash(String module, long seed) {
        long hash = seed;
        for (var text : List.of(MACHINE, module)) {
            for (int i = 0; i < text.length(); i++) {
                hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
                hash ^= hash >>> 29;
            }
        }
        return hash * 0xff51afd7ed558ccdL ^ hash >>> 32;
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

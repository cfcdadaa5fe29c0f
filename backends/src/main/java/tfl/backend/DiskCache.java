package tfl.backend;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import java.util.zip.Checksum;

/**
 * What was made once and can be made again, kept on disk and shared by processes. A file is named by a hash of the key,
 * which is what its content was made from, is written aside and renamed, and holds the content, the key and a checksum.
 * Where there is no room or no permission, nothing is kept. Safe for several threads.
 */
public final class DiskCache {
    private static final int CHECKSUM = Long.BYTES;
    private static final int WRITES_BETWEEN_COUNTS = 64;

    private final Optional<Path> directory;
    private final String ending;
    private final int most;
    private final byte[] maker;
    private final AtomicInteger writes = new AtomicInteger();

    /**
     * A folder of the cache.
     *
     * @param name of the folder
     * @param ending of its files' names
     * @param most files that it may hold; the oldest go where it holds more
     * @param maker who makes the contents, on what machine: part of every name
     */
    public DiskCache(String name, String ending, int most, byte[] maker) {
        this.directory = CacheDirectory.writable(name);
        this.ending = ending;
        this.most = most;
        this.maker = maker.clone();
    }

    /**
     * The name of a file: two checksums of 32 bits, of different polynomials, and the length. The JVM computes these
     * two by instructions of the processor even where its own code is not compiled yet, as it is when a program loads
     * its first kernels. Should two keys have one name, the key in the file tells.
     */
    String name(byte[] key) {
        return hex(checksum(new CRC32C(), key)) + hex(checksum(new CRC32(), key)) + Integer.toHexString(key.length)
                + ending;
    }

    private static String hex(long word) {
        return HexFormat.of().toHexDigits((int) word);
    }

    private long checksum(Checksum checksum, byte[] key) {
        checksum.update(maker);
        checksum.update(key);
        return checksum.getValue();
    }

    /** The content of that key, if it is there and whole. */
    public Optional<byte[]> read(byte[] key) {
        if (directory.isEmpty()) {
            return Optional.empty();
        }
        try {
            var bytes = Files.readAllBytes(file(key));
            int length = bytes.length - CHECKSUM;
            int content = length - key.length;
            boolean whole = content > 0 && checksum(bytes, length) == ByteBuffer.wrap(bytes).getLong(length)
                    && Arrays.equals(key, 0, key.length, bytes, content, length);
            return whole ? Optional.of(Arrays.copyOf(bytes, content)) : Optional.empty();
        } catch (IOException absent) {
            return Optional.empty();
        }
    }

    /** Keeps a content for later processes, if that can be. */
    public void write(byte[] key, byte[] content) {
        if (directory.isEmpty()) {
            return;
        }
        Path aside = null;
        try {
            aside = Files.createTempFile(directory.get(), name(key), ".part");
            int length = content.length + key.length;
            var bytes = ByteBuffer.allocate(length + CHECKSUM).put(content).put(key);
            Files.write(aside, bytes.putLong(checksum(bytes.array(), length)).array());
            Files.move(aside, file(key), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException full) {
            removeFile(aside);
        }
        if (writes.getAndIncrement() % WRITES_BETWEEN_COUNTS == 0) {
            removeOldest();
        }
    }

    /** Forgets a content that turned out to be useless. */
    public void remove(byte[] key) {
        directory.ifPresent(folder -> removeFile(file(key)));
    }

    /** Of too many files so many go that a quarter is free, since they are not counted at each write. */
    private void removeOldest() {
        try (var files = Files.list(directory.orElseThrow())) {
            var all = files.toList();
            if (all.size() > most) {
                all.stream().sorted(Comparator.comparing(DiskCache::age)).limit(all.size() - most * 3L / 4)
                        .forEach(DiskCache::removeFile);
            }
        } catch (IOException | UncheckedIOException unreadable) {
            // Another process may be removing the same files; the next count finds what is left.
            return;
        }
    }

    private static FileTime age(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException gone) {
            return FileTime.fromMillis(0);
        }
    }

    private Path file(byte[] key) {
        return directory.orElseThrow().resolve(name(key));
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

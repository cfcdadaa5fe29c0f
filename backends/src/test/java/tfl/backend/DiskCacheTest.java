package tfl.backend;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DiskCacheTest {
    private static final String FOLDER = "test-" + ProcessHandle.current().pid() + "-" + System.nanoTime();
    private static final int MOST = 8;
    private final DiskCache cache = new DiskCache(FOLDER, ".x", MOST, new byte[] {7});

    @AfterEach
    void clear() throws IOException {
        var folder = CacheDirectory.root().resolve(FOLDER);
        try (var files = Files.list(folder)) {
            for (var file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }

    @Test
    void aContentComesBackUnlessItIsDamaged() throws IOException {
        var key = new byte[] {1, 2, 3};
        var content = new byte[] {1, 2, 3, 4, 5};
        cache.write(key, content);
        assertArrayEquals(content, cache.read(key).orElseThrow());
        var file = file(key);
        var whole = Files.readAllBytes(file);
        for (int k = 0; k < whole.length; k++) {
            var flipped = whole.clone();
            flipped[k] ^= 1;
            Files.write(file, flipped);
            assertTrue(cache.read(key).isEmpty(), "byte " + k);
            Files.write(file, Arrays.copyOf(whole, k));
            assertTrue(cache.read(key).isEmpty(), k + " bytes");
        }
        cache.remove(key);
        assertTrue(cache.read(key).isEmpty());
    }

    @Test
    void whatLiesUnderItsNameIsNoContentOfAnotherKey() throws IOException {
        cache.write(new byte[] {1}, new byte[] {1, 2, 3});
        Files.move(file(new byte[] {1}), file(new byte[] {2}));
        assertTrue(cache.read(new byte[] {2}).isEmpty());
    }

    @Test
    void otherKeysAndOtherMakersHaveOtherNames() {
        assertNotEquals(cache.name(new byte[] {1}), cache.name(new byte[] {2}));
        assertNotEquals(cache.name(new byte[] {0}), cache.name(new byte[] {0, 0}));
        assertEquals(cache.name(new byte[] {1}), cache.name(new byte[] {1}));
        assertNotEquals(cache.name(new byte[] {1}), new DiskCache(FOLDER, ".x", MOST, new byte[] {8})
                .name(new byte[] {1}));
    }

    @Test
    void theOldestGoWhereThereAreTooMany() throws IOException {
        for (int k = 0; k <= 2 * MOST; k++) {
            var key = new byte[] {(byte) k};
            cache.write(key, key);
            Files.setLastModifiedTime(file(key), FileTime.fromMillis(1000L * (k + 1)));
        }
        // Files are counted now and then: a cache of another process counts at its first.
        new DiskCache(FOLDER, ".x", MOST, new byte[] {7}).write(new byte[] {99}, new byte[] {99});
        assertEquals(MOST * 3 / 4, kept());
        assertTrue(cache.read(new byte[] {99}).isPresent());
        assertTrue(cache.read(new byte[] {(byte) (2 * MOST)}).isPresent());
        assertTrue(cache.read(new byte[] {0}).isEmpty());
    }

    private static long kept() throws IOException {
        try (var files = Files.list(CacheDirectory.root().resolve(FOLDER))) {
            return files.count();
        }
    }

    private Path file(byte[] key) {
        return CacheDirectory.root().resolve(FOLDER).resolve(cache.name(key));
    }
}

package tfl.backend;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.EnumMap;
import java.util.Map;

/**
 * Finds and opens shared libraries for {@code java.lang.foreign}.
 *
 * <p>The directory in the property {@code tfl.native} comes first (the launcher unpacks there); otherwise a
 * library is unpacked once from the class path into the cache directory, or, where that cannot be written,
 * into a directory that lives as long as the process. Unpacking writes beside the file and renames, so
 * processes may race.
 */
public final class NativeLibraries {
    private static final Map<NativeLibrary, SymbolLookup> OPEN = new EnumMap<>(NativeLibrary.class);
    private static Path temporary;

    private NativeLibraries() {}

    /**
     * The symbols of a library, opened at the first call and never closed.
     *
     * @throws UnsatisfiedLinkError if it is neither in {@code tfl.native} nor on the class path, or cannot be
     *     opened
     */
    public static synchronized SymbolLookup open(NativeLibrary library) {
        return OPEN.computeIfAbsent(library, NativeLibraries::load);
    }

    /**
     * The path of one file of a library, unpacked if need be.
     *
     * @throws UnsatisfiedLinkError if it cannot be found or unpacked
     */
    public static synchronized Path locate(NativeLibrary library, String file) {
        var prepared = System.getProperty("tfl.native");
        if (prepared != null) {
            var path = Path.of(prepared, file);
            if (Files.isRegularFile(path)) {
                return path.toAbsolutePath();
            }
        }
        var resource = NativeLibraries.class.getClassLoader().getResource(library.folder() + file);
        if (resource == null) {
            throw new UnsatisfiedLinkError(file
                    + " is neither in the runtime's native directory nor on the class path");
        }
        try {
            return unpack(resource, file);
        } catch (IOException problem) {
            throw new UnsatisfiedLinkError("cannot unpack " + file + ": " + problem.getMessage());
        }
    }

    private static SymbolLookup load(NativeLibrary library) {
        for (var needed : library.needed()) {
            locate(library, needed);
        }
        for (var needed : library.needed()) {
            lookup(locate(library, needed));
        }
        return lookup(locate(library, library.file()));
    }

    private static SymbolLookup lookup(Path path) {
        try {
            return SymbolLookup.libraryLookup(path, Arena.global());
        } catch (IllegalArgumentException refused) {
            throw new UnsatisfiedLinkError("cannot open " + path + ": " + refused.getMessage());
        }
    }

    private static Path unpack(URL resource, String file) throws IOException {
        var connection = resource.openConnection();
        if (!(connection instanceof JarURLConnection jar)) {
            return Path.of(resource.getPath());
        }
        var version = Path.of(jar.getJarFileURL().getPath()).getFileName().toString().replace(".jar", "");
        var cache = CacheDirectory.writable("native/" + version);
        var size = jar.getContentLengthLong();
        if (cache.isPresent()) {
            try {
                return copy(resource, cache.get().resolve(file), size);
            } catch (IOException full) {
                return copy(resource, temporary(version).resolve(file), size);
            }
        }
        return copy(resource, temporary(version).resolve(file), size);
    }

    private static Path copy(URL resource, Path target, long size) throws IOException {
        if (Files.isRegularFile(target) && Files.size(target) == size) {
            return target;
        }
        var aside = Files.createTempFile(target.getParent(), target.getFileName().toString(), ".part");
        try {
            try (var bytes = resource.openStream()) {
                Files.copy(bytes, aside, StandardCopyOption.REPLACE_EXISTING);
            }
            Files.move(aside, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(aside);
        }
        return target;
    }

    private static Path temporary(String version) throws IOException {
        if (temporary == null) {
            temporary = Files.createTempDirectory("tfl-native");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(temporary)));
        }
        return Files.createDirectories(temporary.resolve(version));
    }

    private static void delete(Path directory) {
        try (var files = Files.walk(directory)) {
            for (var path : files.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }
}

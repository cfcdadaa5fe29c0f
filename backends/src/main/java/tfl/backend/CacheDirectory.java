package tfl.backend;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where things that can be made again are kept between processes: {@code TFL_CACHE}, else {@code
 * XDG_CACHE_HOME/tfl}, else
 * {@code ~/.cache/tfl}. A home that cannot be written is no error; callers then do without.
 */
public final class CacheDirectory {
    /** The folder of compiled kernels. */
    public static final String KERNELS = "kernels";
    /** How the names of their files end. */
    public static final String KERNEL_ENDING = ".o";
    /** The folder of plans, each of a program. */
    public static final String PROGRAMS = "programs";
    /** How the names of their files end. */
    public static final String PROGRAM_ENDING = ".plan";

    private CacheDirectory() {}

    /** The root, whether or not it exists. */
    public static Path root() {
        var chosen = System.getenv("TFL_CACHE");
        if (chosen != null && !chosen.isBlank()) {
            return Path.of(chosen).toAbsolutePath();
        }
        var standard = System.getenv("XDG_CACHE_HOME");
        if (standard != null && !standard.isBlank()) {
            return Path.of(standard, "tfl").toAbsolutePath();
        }
        return Path.of(System.getProperty("user.home", "."), ".cache", "tfl").toAbsolutePath();
    }

    /** How many files of that ending a directory below the root holds; none where it is not there. */
    public static long count(String name, String ending) {
        try (var files = Files.list(root().resolve(name))) {
            return files.filter(file -> file.toString().endsWith(ending)).count();
        } catch (IOException | UncheckedIOException absent) {
            return 0;
        }
    }

    /** A directory below the root that exists and can be written, if there can be one. */
    public static Optional<Path> writable(String name) {
        var directory = root().resolve(name);
        try {
            Files.createDirectories(directory);
        } catch (IOException refused) {
            return Optional.empty();
        }
        return Files.isWritable(directory) ? Optional.of(directory) : Optional.empty();
    }
}

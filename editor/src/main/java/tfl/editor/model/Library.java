package tfl.editor.model;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/**
 * The sources of the library. They lie in a jar, which no editor opens, so those that are asked for are copied to the
 * user's cache folder, where any editor can read them, and are read-only there.
 */
public final class Library {
    private static final String FOLDER = "tfl/stdlib/";
    private final Path cache;
    private final Map<String, Optional<Document>> documents = new HashMap<>();

    public Library(Path cache) {
        this.cache = cache;
    }

    /** {@code TFL_CACHE}, or the cache folder of the user. */
    public static Path userCache() {
        var own = System.getenv("TFL_CACHE");
        if (own != null && !own.isEmpty()) {
            return Path.of(own).toAbsolutePath();
        }
        var shared = System.getenv("XDG_CACHE_HOME");
        var folder = shared != null && !shared.isEmpty() ? Path.of(shared)
                : Path.of(System.getProperty("user.home"), ".cache");
        return folder.resolve("tfl").toAbsolutePath();
    }

    /** The source of a module such as {@code nn.dense}; empty for those that are written in Java. */
    public Optional<Document> module(String name) {
        return documents.computeIfAbsent(name, this::read);
    }

    private Optional<Document> read(String name) {
        String path = name.replace('.', '/') + ".tfl";
        try (InputStream in = Library.class.getClassLoader().getResourceAsStream(FOLDER + path)) {
            if (in == null) {
                return Optional.empty();
            }
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return Optional.of(new Document(place(path, text), -1, path, text));
        } catch (IOException unreadable) {
            throw new IllegalStateException("the library's " + path + " cannot be read", unreadable);
        }
    }

    /** The file that holds this text; where none can be written, a name that says what it is. */
    private String place(String path, String text) {
        var file = cache.resolve("library").resolve(HexFormat.of().toHexDigits(text.hashCode())).resolve(path);
        try {
            if (!Files.exists(file)) {
                Files.createDirectories(file.getParent());
                var aside = Files.createTempFile(file.getParent(), ".library", ".part");
                Files.writeString(aside, text);
                aside.toFile().setReadOnly();
                Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
            }
            return file.toUri().toString();
        } catch (IOException full) {
            return "tfl-library:/" + path;
        }
    }

    /** Whether a file is a copy of a source of the library. */
    public boolean holds(String uri) {
        return uri.startsWith("tfl-library:") || uri.startsWith(cache.resolve("library").toUri().toString());
    }
}

package tfl.repl;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Where the prompt keeps what belongs to the user. */
final class UserFiles {
    private static final String OWN_HISTORY = ".tfl-history";
    private static final int LONGEST_NAME = 180;

    private UserFiles() {}

    /** The file that runs before the first input. */
    static Path startup() {
        return folder("XDG_CONFIG_HOME", ".config").resolve("tfl").resolve("startup.tfl");
    }

    /** Whether the file that shells read about keys, {@code $INPUTRC} or {@code ~/.inputrc}, asks for those of vi. */
    static boolean prefersVi() {
        var named = System.getenv("INPUTRC");
        var file = named == null || named.isEmpty() ? Path.of(System.getProperty("user.home"), ".inputrc")
                : Path.of(named);
        try (var lines = Files.lines(file, StandardCharsets.ISO_8859_1)) {
            return lines.anyMatch(line -> line.strip().matches("set\\s+editing-mode\\s+vi"));
        } catch (IOException | UncheckedIOException none) {
            return false;
        }
    }

    /**
     * The history of the current project, or nothing where no file can be written: the file {@value #OWN_HISTORY} in
     * this folder or the nearest one above that has it; else one in the user's state folder, named by the project's
     * folder.
     */
    static Optional<Path> history() {
        var here = Path.of("").toAbsolutePath();
        var own = nearest(here, OWN_HISTORY);
        if (own != null) {
            return Optional.of(own.resolve(OWN_HISTORY)).filter(Files::isWritable);
        }
        var folder = folder("XDG_STATE_HOME", ".local/state").resolve("tfl").resolve("history");
        try {
            Files.createDirectories(folder);
        } catch (IOException unwritable) {
            return Optional.empty();
        }
        var file = folder.resolve(name(project(here)));
        return Files.isWritable(Files.exists(file) ? file : folder) ? Optional.of(file) : Optional.empty();
    }

    /** The nearest folder above that git knows as a project, else this one. */
    static Path project(Path here) {
        var root = nearest(here, ".git");
        return root == null ? here : root;
    }

    private static Path nearest(Path here, String entry) {
        for (var folder = here; folder != null; folder = folder.getParent()) {
            if (Files.exists(folder.resolve(entry))) {
                return folder;
            }
        }
        return null;
    }

    private static String name(Path project) {
        var whole = project.toString().replace('/', '%');
        return whole.length() <= LONGEST_NAME ? whole
                : Integer.toHexString(whole.hashCode()) + whole.substring(whole.length() - LONGEST_NAME);
    }

    private static Path folder(String variable, String below) {
        var given = System.getenv(variable);
        return given != null && !given.isEmpty() ? Path.of(given) : Path.of(System.getProperty("user.home"), below);
    }
}

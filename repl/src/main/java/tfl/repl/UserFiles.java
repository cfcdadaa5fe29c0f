package tfl.repl;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Where the prompt keeps what belongs to the user. */
final class UserFiles {
    private UserFiles() {}

    /** The file that runs before the first input. */
    static Path startup() {
        return folder("XDG_CONFIG_HOME", ".config").resolve("tfl").resolve("startup.tfl");
    }

    /** The history of the current project, or nothing where no file can be written. */
    static Optional<Path> history() {
        var folder = folder("XDG_STATE_HOME", ".local/state").resolve("tfl").resolve("history");
        try {
            Files.createDirectories(folder);
        } catch (IOException unwritable) {
            return Optional.empty();
        }
        var project = Path.of("").toAbsolutePath().toString().replace('/', '%');
        var file = folder.resolve(project.substring(Math.max(0, project.length() - 200)));
        return Files.isWritable(Files.exists(file) ? file : folder) ? Optional.of(file) : Optional.empty();
    }

    private static Path folder(String variable, String below) {
        var given = System.getenv(variable);
        return given != null && !given.isEmpty() ? Path.of(given) : Path.of(System.getProperty("user.home"), below);
    }
}

package tfl.stdlib.io;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/** Making and removing folders. */
final class Folders {
    private Folders() {}

    /** Makes a folder and those above it, where they are not there yet. */
    static void make(String name) {
        try {
            Files.createDirectories(tfl.stdlib.io.Files.path(name));
        } catch (IOException problem) {
            throw IoErrors.of(name, problem);
        }
    }

    /** Removes a file or an empty folder. */
    static void remove(String name) {
        try {
            Files.delete(tfl.stdlib.io.Files.path(name));
        } catch (DirectoryNotEmptyException full) {
            throw IoErrors.of(name, new IOException("the folder is not empty"));
        } catch (IOException problem) {
            throw IoErrors.of(name, problem);
        }
    }

    /** A fresh folder, which goes with all in it when the program ends. */
    static String temporary() {
        try {
            var folder = Files.createTempDirectory("tfl-");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> removeAll(folder)));
            return folder.toString();
        } catch (IOException problem) {
            throw IoErrors.of("a temporary folder", problem);
        }
    }

    private static void removeAll(Path folder) {
        try (var all = Files.walk(folder)) {
            for (var each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(each);
            }
        } catch (IOException | UncheckedIOException kept) {
            // The program is over: what cannot be removed stays for the system, which clears such folders too.
        }
    }
}

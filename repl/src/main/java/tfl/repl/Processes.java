package tfl.repl;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Starting another TFL like this one. */
final class Processes {
    private Processes() {}

    /** The words that start it, to which its own are added. */
    static List<String> launcher() {
        var home = System.getProperty("tfl.home");
        if (home != null && Files.isExecutable(Path.of(home, "bin", "tfl"))) {
            return List.of(Path.of(home, "bin", "tfl").toString());
        }
        try {
            var line = new String(Files.readAllBytes(Path.of("/proc/self/cmdline")), StandardCharsets.UTF_8);
            var words = List.of(line.split("\0"));
            int main = words.indexOf(Main.class.getName());
            if (main >= 0) {
                return words.subList(0, main + 1);
            }
        } catch (IOException elsewhere) {
            // said below
        }
        throw new IllegalStateException("this process does not know how it was started");
    }

    /** Deletes a folder and what is in it. */
    static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}

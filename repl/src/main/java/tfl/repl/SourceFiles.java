package tfl.repl;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import tfl.session.Misuse;

/** The {@code .tfl} files that a path on the command line stands for. */
final class SourceFiles {
    private SourceFiles() {}

    /** The file itself, or every {@code .tfl} file below a folder, in order. */
    static List<Path> under(List<String> names) {
        var files = new ArrayList<Path>();
        for (var name : names) {
            var path = Path.of(name);
            if (Files.isDirectory(path)) {
                files.addAll(below(path));
            } else if (Files.exists(path)) {
                files.add(path);
            } else {
                throw new Misuse("there is no file or folder " + name);
            }
        }
        return files;
    }

    private static List<Path> below(Path folder) {
        try (Stream<Path> walk = Files.walk(folder)) {
            return walk.filter(path -> path.toString().endsWith(".tfl") && Files.isRegularFile(path)).sorted().toList();
        } catch (IOException problem) {
            throw new Misuse(folder + " cannot be listed: " + problem.getMessage());
        }
    }
}

package tfl.backend.cpu;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What kind of processor this is, so that code compiled for one is not run on another. */
final class HostProcessor {
    private static final String DESCRIPTION = read();

    private HostProcessor() {}

    /** Architecture, model and instruction sets of the first processor. */
    static String describe() {
        return DESCRIPTION;
    }

    /** Whether it has all of these instruction sets, as Linux names them. */
    static boolean has(String... sets) {
        return Words.ALL.containsAll(List.of(sets));
    }

    /** Taken apart by the first who asks: most processes ask for no instruction set. */
    private static final class Words {
        static final Set<String> ALL = new HashSet<>(Arrays.asList(DESCRIPTION.split("\\s+")));
    }

    private static String read() {
        var text = new StringBuilder(System.getProperty("os.arch"));
        try (var lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            lines.takeWhile(line -> !line.isBlank())
                    .filter(line -> line.startsWith("model") || line.startsWith("vendor")
                            || line.startsWith("flags"))
                    .forEach(line -> text.append('\n').append(line));
        } catch (IOException | UncheckedIOException unknown) {
            text.append("\nunknown ").append(ProcessHandle.current().pid());
        }
        return text.toString();
    }
}

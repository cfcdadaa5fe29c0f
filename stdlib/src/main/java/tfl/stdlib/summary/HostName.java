package tfl.stdlib.summary;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The machine's name as file names may hold it. Never asks the network, which can take seconds to answer. */
final class HostName {
    private static final String UNKNOWN = "localhost";

    private HostName() {}

    static String get() {
        var name = System.getenv("HOSTNAME");
        var safe = (name == null || name.isBlank() ? fromSystem() : name).strip().replaceAll("[^A-Za-z0-9_-]+", "-");
        return safe.isEmpty() ? UNKNOWN : safe;
    }

    private static String fromSystem() {
        try {
            return Files.readString(Path.of("/etc/hostname"));
        } catch (IOException absent) {
            return UNKNOWN;
        }
    }
}

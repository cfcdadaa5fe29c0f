package tfl.stdlib.summary;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import tfl.interpreter.builtin.Outside;
import tfl.interpreter.builtin.WorkingFolder;

/** The machine's name as file names may hold it. Never asks the network, which can take seconds to answer. */
final class HostName {
    private static final String UNKNOWN = "localhost";

    private HostName() {}

    static String get() {
        var name = Outside.variable("HOSTNAME");
        var safe = (name == null || name.isBlank() ? fromSystem() : name).strip().replaceAll("[^A-Za-z0-9_-]+", "-");
        return safe.isEmpty() ? UNKNOWN : safe;
    }

    private static String fromSystem() {
        try (var file = WorkingFolder.resolve("/etc/hostname").newInputStream()) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException | SecurityException absent) {
            return UNKNOWN;
        }
    }
}

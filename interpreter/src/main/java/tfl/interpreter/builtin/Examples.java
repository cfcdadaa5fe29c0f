package tfl.interpreter.builtin;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Examples of the functions written in Java, kept beside their tables as text: a name on a line of its own, then its
 * example, indented as in Markdown. Read when somebody first asks for a module's documentation.
 */
final class Examples {
    private static final String FOLDER = "/tfl/interpreter/examples/";
    private static final Map<String, Map<String, String>> MODULES = new ConcurrentHashMap<>();

    private Examples() {}

    /** The example of a function of a module, or null. */
    @TruffleBoundary
    static String of(String module, String name) {
        return MODULES.computeIfAbsent(module, Examples::read).get(name);
    }

    private static Map<String, String> read(String module) {
        var examples = new HashMap<String, String>();
        String name = "";
        for (var line : text(module).lines().toList()) {
            if (line.startsWith(" ")) {
                examples.merge(name, line, (before, next) -> before + "\n" + next);
            } else {
                name = line;
                if (examples.containsKey(name)) {
                    throw new IllegalStateException(module + "." + name + " has two examples");
                }
            }
        }
        return examples;
    }

    private static String text(String module) {
        try (InputStream in = Examples.class.getResourceAsStream(FOLDER + module + ".txt")) {
            return in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new IllegalStateException("the examples of " + module + " cannot be read", broken);
        }
    }
}

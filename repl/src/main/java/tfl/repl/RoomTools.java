package tfl.repl;

import java.util.List;
import java.util.ServiceLoader;
import java.util.spi.ToolProvider;

/**
 * The commands that other rooms bring, such as {@code tfl kernel}: services of the JDK's own {@link ToolProvider},
 * whose name is {@code tfl-} and the command's word, so no room imports another for them.
 */
final class RoomTools {
    private static final String PREFIX = "tfl-";

    private RoomTools() {}

    /** The command of that word, or null. */
    static ToolProvider of(String word) {
        return all().stream().filter(tool -> tool.name().equals(PREFIX + word)).findFirst().orElse(null);
    }

    static List<ToolProvider> all() {
        return ServiceLoader.load(ToolProvider.class, RoomTools.class.getClassLoader()).stream()
                .map(ServiceLoader.Provider::get).filter(tool -> tool.name().startsWith(PREFIX)).toList();
    }

    /** One line of the list of commands. */
    static String line(ToolProvider tool) {
        return "  %-22s %s%n".formatted(tool.name().substring(PREFIX.length()), tool.description().orElse(""));
    }
}

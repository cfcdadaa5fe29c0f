package tfl.notebooks.kernel;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tfl.notebooks.protocol.Wire;

/** What the kernel says of itself. */
final class KernelInfo {
    private KernelInfo() {}

    static Map<String, Object> reply() {
        var reply = new LinkedHashMap<String, Object>();
        reply.put("status", "ok");
        reply.put("protocol_version", Wire.VERSION);
        reply.put("implementation", "tfl");
        reply.put("implementation_version", version());
        reply.put("banner", "TFL " + version() + "   name? explains a name, name?? shows its source");
        reply.put("debugger", false);
        reply.put("supported_features", List.of());
        reply.put("help_links", List.of());
        reply.put("language_info", language());
        return reply;
    }

    /** No client has heard of TFL's grammar; Python's is the nearest that all of them have. */
    private static Map<String, Object> language() {
        return Map.of("name", "tfl", "version", version(), "mimetype", "text/x-tfl", "file_extension", ".tfl",
                "pygments_lexer", "python", "codemirror_mode", Map.of("name", "python", "version", 3),
                "nbconvert_exporter", "script");
    }

    private static String version() {
        var number = KernelInfo.class.getPackage().getImplementationVersion();
        return number == null ? "0" : number;
    }
}

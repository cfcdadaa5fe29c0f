package tfl.notebooks.kernel;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import tfl.notebooks.json.Fields;
import tfl.notebooks.protocol.Message;

/**
 * Channels that clients open beside the cells. There is one target, {@value #VARIABLES}: it tells the variables when it
 * is opened, when asked, and after each cell. A channel to any other target is closed again, as the protocol has it.
 */
final class Comms {
    static final String VARIABLES = "tfl.variables";
    private final Broadcasts broadcasts;
    private final Supplier<List<Map<String, Object>>> variables;
    private final Map<String, String> open = new LinkedHashMap<>();

    Comms(Broadcasts broadcasts, Supplier<List<Map<String, Object>>> variables) {
        this.broadcasts = broadcasts;
        this.variables = variables;
    }

    void open(Message request) {
        var fields = request.fields();
        var id = fields.text("comm_id", "");
        if (!fields.text("target_name", "").equals(VARIABLES)) {
            broadcasts.say("comm_close", request, Map.of("comm_id", id, "data", Map.of()));
            return;
        }
        open.put(id, VARIABLES);
        tell(id, request);
    }

    void message(Message request) {
        var id = request.fields().text("comm_id", "");
        if (open.containsKey(id)) {
            tell(id, request);
        }
    }

    void close(Message request) {
        open.remove(request.fields().text("comm_id", ""));
    }

    /** A cell has run. */
    void changed(Message request) {
        open.keySet().forEach(id -> tell(id, request));
    }

    private void tell(String id, Message request) {
        broadcasts.say("comm_msg", request, Map.of("comm_id", id, "data", Map.of("variables", variables.get())));
    }

    Map<String, Object> info(Fields request) {
        var wanted = request.text("target_name", "");
        var comms = new LinkedHashMap<String, Object>();
        open.forEach((id, target) -> {
            if (wanted.isEmpty() || wanted.equals(target)) {
                comms.put(id, Map.of("target_name", target));
            }
        });
        return Map.of("status", "ok", "comms", comms);
    }
}

package tfl.notebooks.kernel;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tfl.notebooks.cell.Output;
import tfl.notebooks.protocol.Channels;
import tfl.notebooks.protocol.Message;

/** What all clients hear: the outputs of cells, inputs, and whether the kernel is busy. Any thread may speak. */
final class Broadcasts {
    private final Channels channels;
    private final TextLimit limit;
    private volatile Message cause = Message.NONE;
    private volatile boolean silent;
    private volatile int count;
    private volatile String result = "";

    /** @param most how many letters a cell may print */
    Broadcasts(Channels channels, long most) {
        this.channels = channels;
        this.limit = new TextLimit(most);
    }

    /** From now on outputs belong to this request. */
    void begin(Message request) {
        cause = request;
        result = "";
        limit.reset();
    }

    /** The outputs that come now belong to the cell of that number; those of a silent one are not shown. */
    void cell(int number, boolean isSilent) {
        count = number;
        silent = isSilent;
    }

    /** The text of the cell's value; empty if it has shown none. */
    String result() {
        return result;
    }

    void status(Message request, String state) {
        say("status", request, Map.of("execution_state", state));
    }

    void input(Message request, String code, int number) {
        say("execute_input", request, Map.of("code", code, "execution_count", number));
    }

    /** An output of the running cell. */
    void output(Output output) {
        if (silent) {
            return;
        }
        switch (output) {
            case Output.Stream stream -> limit.take(stream, this::stream);
            case Output.Display display -> say(display.update() ? "update_display_data" : "display_data", cause,
                    Map.of("data", MimeBundle.of(display.data()), "metadata", Map.of(), "transient",
                            display.id() == null ? Map.of() : Map.of("display_id", display.id())));
            case Output.Result shown -> {
                result = shown.data().getOrDefault("text/plain", "");
                say("execute_result", cause, Map.of("data", MimeBundle.of(shown.data()), "metadata", Map.of(),
                        "execution_count", count));
            }
            case Output.Failure failure -> say("error", cause, error(failure));
            case Output.Clear clear -> say("clear_output", cause, Map.of("wait", clear.later()));
        }
    }

    private void stream(Output.Stream stream) {
        say("stream", cause, Map.of("name", stream.name(), "text", stream.text()));
    }

    /** An error, as replies and broadcasts tell it. */
    static Map<String, Object> error(Output.Failure failure) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("ename", failure.name());
        fields.put("evalue", failure.message());
        fields.put("traceback", failure.traceback());
        return fields;
    }

    /** Says something because of a request. */
    void say(String type, Message request, Map<String, Object> content) {
        var topic = List.of(("kernel." + type).getBytes(StandardCharsets.US_ASCII));
        channels.broadcast(channels.wire().message(type, topic, request, Map.of(), content));
    }

    /** Says something that belongs to what runs, or ran last. */
    void say(String type, Map<String, Object> content) {
        say(type, cause, content);
    }
}

package tfl.notebooks.protocol;

import java.util.List;
import java.util.Map;
import tfl.notebooks.json.Fields;

/**
 * One message.
 *
 * @param identities the route to who sent it, or to whom it goes; for a broadcast its topic
 * @param header its type, its id, who sent it and when
 * @param parent the header of the message that caused it; empty if none did
 * @param buffers binary parts
 */
public record Message(List<byte[]> identities, Map<String, Object> header, Map<String, Object> parent,
        Map<String, Object> metadata, Map<String, Object> content, List<byte[]> buffers) {
    /** A message that nobody sent: what stands in for a cause where there is none. */
    public static final Message NONE = new Message(List.of(), Map.of(), Map.of(), Map.of(), Map.of(), List.of());

    /** Such as {@code execute_request}. */
    public String type() {
        return Fields.of(header).text("msg_type", "");
    }

    public Fields fields() {
        return Fields.of(content);
    }
}

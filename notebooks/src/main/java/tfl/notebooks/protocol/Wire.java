package tfl.notebooks.protocol;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tfl.notebooks.json.Json;

/**
 * Turns frames into messages and back: identities, a delimiter, a signature, then header, parent header, metadata,
 * content, each in JSON, and binary buffers. A message whose signature is wrong, or that came before, is refused.
 */
public final class Wire {
    /** The version of the protocol. */
    public static final String VERSION = "5.4";
    private static final byte[] DELIMITER = "<IDS|MSG>".getBytes(StandardCharsets.US_ASCII);
    private static final String ALGORITHM = "HmacSHA256";
    private static final int PARTS = 4;
    private static final int REMEMBERED = 1 << 16;
    private final SecretKeySpec key;
    private final String session = UUID.randomUUID().toString();
    private final Set<String> seen = new LinkedHashSet<>();
    private long sent;

    /** @param key signs the messages; empty for no signatures */
    public Wire(String key) {
        this.key = key.isEmpty() ? null : new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), ALGORITHM);
    }

    /** The message that came in these frames. */
    public Message decode(List<byte[]> frames) throws MalformedMessage {
        int at = delimiter(frames);
        if (frames.size() < at + 2 + PARTS) {
            throw new MalformedMessage("a message of " + frames.size() + " frames has no content");
        }
        var parts = frames.subList(at + 2, at + 2 + PARTS);
        var signature = new String(frames.get(at + 1), StandardCharsets.US_ASCII);
        check(signature, parts);
        var objects = new ArrayList<Map<String, Object>>();
        for (var part : parts) {
            objects.add(object(part));
        }
        var message = new Message(List.copyOf(frames.subList(0, at)), objects.get(0), objects.get(1), objects.get(2),
                objects.get(3), List.copyOf(frames.subList(at + 2 + PARTS, frames.size())));
        if (message.type().isEmpty()) {
            throw new MalformedMessage("a message has no type");
        }
        return message;
    }

    private static int delimiter(List<byte[]> frames) throws MalformedMessage {
        for (int i = 0; i < frames.size(); i++) {
            if (Arrays.equals(frames.get(i), DELIMITER)) {
                return i;
            }
        }
        throw new MalformedMessage("a message has no delimiter");
    }

    private void check(String signature, List<byte[]> parts) throws MalformedMessage {
        if (key == null) {
            return;
        }
        if (!MessageDigest.isEqual(signature.getBytes(StandardCharsets.US_ASCII),
                sign(parts).getBytes(StandardCharsets.US_ASCII))) {
            throw new MalformedMessage("a message has a wrong signature");
        }
        synchronized (seen) {
            if (!seen.add(signature)) {
                throw new MalformedMessage("a message came twice");
            }
            if (seen.size() > REMEMBERED) {
                seen.remove(seen.iterator().next());
            }
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> object(byte[] part) throws MalformedMessage {
        try {
            if (Json.parse(part) instanceof Map<?, ?> map) {
                return (Map<String, Object>) map;
            }
        } catch (IOException noJson) {
            throw new MalformedMessage("a message holds no JSON: "
                    + Json.complaint(noJson));
        }
        throw new MalformedMessage("a part of a message is no JSON object");
    }

    /** The frames of a message. */
    public List<byte[]> encode(Message message) {
        var frames = new ArrayList<>(message.identities());
        var parts = List.of(Json.bytes(message.header()), Json.bytes(message.parent()),
                Json.bytes(message.metadata()), Json.bytes(message.content()));
        frames.add(DELIMITER);
        frames.add(sign(parts).getBytes(StandardCharsets.US_ASCII));
        frames.addAll(parts);
        frames.addAll(message.buffers());
        return frames;
    }

    /** A new message that this side sends because of another. */
    public Message message(String type, List<byte[]> identities, Message cause, Map<String, Object> metadata,
            Map<String, Object> content) {
        var header = new LinkedHashMap<String, Object>();
        header.put("msg_id", session + "_" + count());
        header.put("session", session);
        header.put("username", "kernel");
        header.put("date", Instant.now().truncatedTo(ChronoUnit.MICROS).toString());
        header.put("msg_type", type);
        header.put("version", VERSION);
        return new Message(identities, header, cause.header(), metadata, content, List.of());
    }

    private synchronized long count() {
        return sent++;
    }

    private String sign(List<byte[]> parts) {
        if (key == null) {
            return "";
        }
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            parts.forEach(mac::update);
            return HexFormat.of().formatHex(mac.doFinal());
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java has " + ALGORITHM, impossible);
        }
    }
}

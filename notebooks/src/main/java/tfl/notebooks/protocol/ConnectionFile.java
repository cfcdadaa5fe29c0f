package tfl.notebooks.protocol;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import tfl.notebooks.json.Fields;
import tfl.notebooks.json.Json;
import tfl.session.Misuse;

/**
 * Where a kernel listens.
 *
 * @param ports of each channel; 0 leaves the choice to the system
 * @param key what signs the messages; empty for no signatures
 * @param name the kernel's name, or an empty text
 */
public record ConnectionFile(String transport, String ip, Map<Channel, Integer> ports, String key, String name) {
    private static final String SCHEME = "hmac-sha256";

    /** The sockets of a kernel, and the name of each one's port in the file. */
    public enum Channel {
        SHELL("shell_port"), IOPUB("iopub_port"), STDIN("stdin_port"), CONTROL("control_port"), HEARTBEAT("hb_port");

        private final String field;

        Channel(String field) {
            this.field = field;
        }
    }

    /** One for this machine alone, whose ports the system chooses. */
    public static ConnectionFile local() {
        var ports = new EnumMap<Channel, Integer>(Channel.class);
        for (var channel : Channel.values()) {
            ports.put(channel, 0);
        }
        return new ConnectionFile("tcp", "127.0.0.1", ports, UUID.randomUUID().toString(), "");
    }

    /** Reads one that a client wrote; what is wrong with it is a {@link Misuse}. */
    public static ConnectionFile read(Path file) {
        try {
            if (!(Json.parse(Files.readAllBytes(file)) instanceof Map<?, ?> map)) {
                throw new Misuse(file + " is no connection file: it holds no JSON object");
            }
            return of(file, Fields.of(map));
        } catch (NoSuchFileException missing) {
            throw new Misuse("there is no connection file " + file);
        } catch (AccessDeniedException denied) {
            throw new Misuse("no permission to read " + file);
        } catch (IOException problem) {
            throw new Misuse(file + " is no connection file: " + Json.complaint(problem));
        }
    }

    private static ConnectionFile of(Path file, Fields fields) {
        var ports = new EnumMap<Channel, Integer>(Channel.class);
        for (var channel : Channel.values()) {
            long port = fields.number(channel.field, -1);
            if (port < 0 || port > 65535) {
                throw new Misuse(file + " is no connection file: " + channel.field + " is no port");
            }
            ports.put(channel, (int) port);
        }
        var scheme = fields.text("signature_scheme", SCHEME);
        if (!scheme.equals(SCHEME) && !fields.text("key", "").isEmpty()) {
            throw new Misuse(file + " asks for signatures by " + scheme + "; TFL's kernel signs by " + SCHEME);
        }
        var transport = fields.text("transport", "tcp");
        if (!transport.equals("tcp") && !transport.equals("ipc")) {
            throw new Misuse(file + " asks for the transport " + transport + "; TFL's kernel speaks tcp and ipc");
        }
        return new ConnectionFile(transport, fields.text("ip", "127.0.0.1"), ports, fields.text("key", ""),
                fields.text("kernel_name", ""));
    }

    /** The same with the ports that were taken. */
    public ConnectionFile with(Map<Channel, Integer> taken) {
        return new ConnectionFile(transport, ip, taken, key, name);
    }

    /** Writes it for clients of this user alone. */
    public void write(Path file) throws IOException {
        var fields = new LinkedHashMap<String, Object>();
        ports.forEach((channel, port) -> fields.put(channel.field, port));
        fields.put("ip", ip);
        fields.put("key", key);
        fields.put("transport", transport);
        fields.put("signature_scheme", SCHEME);
        fields.put("kernel_name", name);
        Files.createDirectories(file.toAbsolutePath().getParent());
        var aside = Files.createTempFile(file.toAbsolutePath().getParent(), ".kernel", null,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(aside, new String(Json.bytes(fields), StandardCharsets.UTF_8) + "\n");
        Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** The address of a channel, as ZeroMQ takes it. */
    String address(Channel channel) {
        int port = ports.get(channel);
        return transport.equals("ipc") ? "ipc://" + ip + "-" + port : "tcp://" + ip + ":" + (port == 0 ? "*" : port);
    }
}

package tfl.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/** Reads files of events as TensorBoard does: with Google's decoder and definitions that follow the published ones. */
final class EventReader {
    private static final FileDescriptor DEFINITIONS = definitions();

    private EventReader() {}

    private static FileDescriptor definitions() {
        try {
            return ProtoFile.parse(Files.readString(Path.of("src/test/resources/proto/tensorboard.proto")));
        } catch (IOException | DescriptorValidationException broken) {
            throw new IllegalStateException(broken);
        }
    }

    /** The events of a file; what follows the last whole record, such as half of one, is left out. */
    static List<Message> read(Path file) throws IOException {
        var events = new ArrayList<Message>();
        var bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        while (bytes.remaining() >= 12) {
            int start = bytes.position();
            long length = bytes.getLong();
            assertEquals(masked(bytes.array(), start, 8), bytes.getInt(), "checksum of the length at " + start);
            if (bytes.remaining() < length + 4) {
                break;
            }
            var record = new byte[Math.toIntExact(length)];
            bytes.get(record);
            assertEquals(masked(record, 0, record.length), bytes.getInt(), "checksum of the record at " + start);
            events.add(parse("Event", ByteString.copyFrom(record)));
        }
        return events;
    }

    /** TensorFlow's mask of a CRC-32C, from its description: rotated right by 15 bits, plus a constant. */
    private static int masked(byte[] bytes, int from, int count) {
        var sum = new CRC32C();
        sum.update(bytes, from, count);
        long value = sum.getValue();
        return (int) ((value >> 15 | value << 17 & 0xffffffffL) + 0xa282ead8L);
    }

    /** A message that knows every field that was read. */
    static Message parse(String type, ByteString bytes) throws InvalidProtocolBufferException {
        var message = DynamicMessage.parseFrom(ProtoFile.message(DEFINITIONS, type), bytes);
        assertTrue(message.getUnknownFields().asMap().isEmpty(), () -> type + " has unknown fields: " + message);
        return message;
    }

    /** What a field holds; a path goes through messages: {@code summary.value}. */
    static Object get(Message message, String path) {
        Object value = message;
        for (var name : path.split("\\.")) {
            var part = (Message) value;
            value = part.getField(part.getDescriptorForType().findFieldByName(name));
        }
        return value;
    }

    static Message part(Message message, String path) {
        return (Message) get(message, path);
    }

    static List<?> all(Message message, String path) {
        return (List<?>) get(message, path);
    }

    static String text(Object bytes) {
        return ((ByteString) bytes).toStringUtf8();
    }

    /** The values of all summaries with that tag, in order. */
    static List<Message> values(List<Message> events, String tag) {
        return events.stream().flatMap(event -> all(event, "summary.value").stream()).map(Message.class::cast)
                .filter(value -> get(value, "tag").equals(tag)).toList();
    }
}

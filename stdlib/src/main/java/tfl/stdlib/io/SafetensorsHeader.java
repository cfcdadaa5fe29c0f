package tfl.stdlib.io;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tfl.tensor.DType;
import tfl.tensor.Shape;
import tfl.tensor.Tensor;

/**
 * The header of a safetensors file.
 *
 * @param parts the tensors in the order of their bytes, which follow each other without gaps
 */
record SafetensorsHeader(Map<String, String> metadata, List<Part> parts) {
    static final String METADATA = "__metadata__";
    private static final long LONGEST = 100_000_000;
    private static final int START = 8;
    private static final JsonFactory FACTORY = new JsonFactory();

    /**
     * One tensor.
     *
     * @param dtype its element type, or null where TFL reads a wider one
     * @param widened that, or null
     * @param start where it begins, counted from the header's end
     * @param end where it ends
     */
    record Part(String name, DType dtype, Widened widened, Shape shape, long start, long end) {}

    /** Reads and checks the header; the reader stands behind it then. */
    static SafetensorsHeader read(ByteReader reader) {
        long length = reader.signedLong("the header's length");
        if (length < 0 || length > LONGEST) {
            throw new CorruptFile(0, "a header of " + Long.toUnsignedString(length) + " bytes; " + LONGEST
                    + " are possible");
        }
        var header = reader.bytes(length, "the header");
        if (length == 0 || header[0] != '{') {
            throw new CorruptFile(START, "the header does not begin with {");
        }
        try (var json = FACTORY.createParser(header)) {
            var parsed = new Parsing(json).header();
            parsed.checkLayout(reader.remaining(), START + length);
            return parsed;
        } catch (JsonProcessingException problem) {
            long place = problem.getLocation() == null ? 0 : Math.max(0, problem.getLocation().getByteOffset());
            throw new CorruptFile(START + Math.min(place, length), JsonFormat.complaint(problem));
        } catch (IOException problem) {
            throw new CorruptFile(START + length, "the header ends inside a value");
        }
    }

    /** Each tensor begins where the one before it ends, and the last ends with the file. */
    private void checkLayout(long bytes, long dataStart) {
        long at = 0;
        for (var part : parts) {
            if (part.start() != at) {
                throw new CorruptFile(dataStart + Math.min(at, bytes), "the tensor " + part.name() + " begins at byte "
                        + part.start() + " of the data, " + (part.start() < at ? "inside another tensor"
                                : "which leaves a gap") + ": the next free byte is " + at);
            }
            at = part.end();
            if (at > bytes) {
                throw new CorruptFile(dataStart + bytes, "the tensor " + part.name() + " ends at byte " + at
                        + " of the data, which has " + bytes);
            }
        }
        if (at != bytes) {
            throw new CorruptFile(dataStart + at, (bytes - at) + " bytes too many");
        }
    }

    /** One pass over the header's text. */
    private static final class Parsing {
        private final JsonParser json;
        private final Map<String, String> metadata = new LinkedHashMap<>();
        private final List<Part> parts = new ArrayList<>();
        private final HashSet<String> names = new HashSet<>();

        Parsing(JsonParser json) {
            this.json = json;
        }

        SafetensorsHeader header() throws IOException {
            expect(JsonToken.START_OBJECT, "an object");
            while (json.nextToken() != JsonToken.END_OBJECT) {
                var name = json.currentName();
                if (!names.add(name)) {
                    throw wrong("the name " + name + " is there twice");
                }
                expect(JsonToken.START_OBJECT, "an object for " + name);
                if (name.equals(METADATA)) {
                    texts();
                } else {
                    parts.add(part(name));
                }
            }
            if (json.nextToken() != null) {
                throw wrong("text behind the header's object");
            }
            parts.sort(Comparator.comparingLong(Part::start).thenComparingLong(Part::end));
            return new SafetensorsHeader(metadata, parts);
        }

        private void texts() throws IOException {
            while (json.nextToken() != JsonToken.END_OBJECT) {
                var name = json.currentName();
                expect(JsonToken.VALUE_STRING, "a text for " + name);
                if (metadata.put(name, json.getText()) != null) {
                    throw wrong("the name " + name + " is there twice");
                }
            }
        }

        private Part part(String name) throws IOException {
            String type = null;
            long[] shape = null;
            long[] offsets = null;
            while (json.nextToken() != JsonToken.END_OBJECT) {
                switch (json.currentName()) {
                    case "dtype" -> {
                        expect(JsonToken.VALUE_STRING, "the dtype of " + name);
                        type = json.getText();
                    }
                    case "shape" -> shape = counts("the shape of " + name);
                    case "data_offsets" -> offsets = counts("the offsets of " + name);
                    default -> {
                        json.nextToken();
                        json.skipChildren();
                    }
                }
            }
            if (type == null || shape == null || offsets == null || offsets.length != 2) {
                throw wrong(name + " lacks its dtype, its shape or its two data_offsets");
            }
            return part(name, type, Sizes.shape(shape, place()), offsets);
        }

        private Part part(String name, String type, Shape shape, long[] offsets) {
            var dtype = SafetensorsFormat.TYPES.stream().filter(each -> code(each).equals(type)).findFirst()
                    .orElse(null);
            var widened = dtype == null ? Widened.of(type.toLowerCase(Locale.ROOT)) : null;
            if (dtype == null && widened == null) {
                throw wrong("the dtype " + type + " of " + name + " has no counterpart in TFL");
            }
            int width = dtype == null ? widened.bytes() : dtype.bytes();
            if (shape.size() > Long.MAX_VALUE / 16 || shape.size() * width != offsets[1] - offsets[0]) {
                throw wrong(name + " is " + type + "[" + shape + "], which are not the bytes from " + offsets[0]
                        + " to " + offsets[1]);
            }
            return new Part(name, dtype, widened, shape, offsets[0], offsets[1]);
        }

        private long[] counts(String what) throws IOException {
            expect(JsonToken.START_ARRAY, what);
            var numbers = new long[4];
            int count = 0;
            while (json.nextToken() != JsonToken.END_ARRAY) {
                if (json.currentToken() != JsonToken.VALUE_NUMBER_INT
                        || json.getNumberType() == JsonParser.NumberType.BIG_INTEGER || json.getLongValue() < 0) {
                    throw wrong(what + " is a list of counts");
                }
                if (count == numbers.length) {
                    numbers = Arrays.copyOf(numbers, 2 * count);
                }
                numbers[count++] = json.getLongValue();
            }
            return Arrays.copyOf(numbers, count);
        }

        private void expect(JsonToken token, String what) throws IOException {
            if (json.nextToken() != token) {
                throw wrong(what + " is missing");
            }
        }

        private CorruptFile wrong(String message) {
            return new CorruptFile(place(), message);
        }

        private long place() {
            return START + Math.max(0, json.currentTokenLocation().getByteOffset());
        }
    }

    /** The header of these tensors in this order, padded so that what follows is aligned. */
    static byte[] write(List<Map.Entry<String, Tensor>> tensors, Map<String, String> metadata) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var json = FACTORY.createGenerator(out)) {
            json.writeStartObject();
            if (!metadata.isEmpty()) {
                json.writeObjectFieldStart(METADATA);
                for (var text : metadata.entrySet()) {
                    json.writeStringField(text.getKey(), text.getValue());
                }
                json.writeEndObject();
            }
            long at = 0;
            for (var tensor : tensors) {
                var type = tensor.getValue().type();
                json.writeObjectFieldStart(tensor.getKey());
                json.writeStringField("dtype", code(type.dtype()));
                json.writeFieldName("shape");
                json.writeArray(type.shape().dims(), 0, type.shape().rank());
                json.writeFieldName("data_offsets");
                json.writeArray(new long[] {at, at + type.bytes()}, 0, 2);
                json.writeEndObject();
                at += type.bytes();
            }
            json.writeEndObject();
        }
        while (out.size() % 8 != 0) {
            out.write(' ');
        }
        return out.toByteArray();
    }

    private static String code(DType dtype) {
        return dtype.label().toUpperCase(Locale.ROOT);
    }
}

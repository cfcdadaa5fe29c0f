package tfl.notebooks.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads and writes JSON: objects are maps in the order of their text, arrays are lists. */
public final class Json {
    private static final int LONGEST_TEXT = 512 << 20;
    // Python writes NaN and Infinity where JSON has no number, and so may a client.
    private static final JsonFactory FACTORY = new JsonFactoryBuilder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .streamReadConstraints(StreamReadConstraints.builder().maxStringLength(LONGEST_TEXT).build()).build();

    private Json() {}

    /**
     * The value of a whole UTF-8 text.
     *
     * @throws IOException if it is no JSON; the message says where
     */
    public static Object parse(byte[] text) throws IOException {
        try (var parser = FACTORY.createParser(text)) {
            parser.nextToken();
            var value = value(parser);
            if (parser.nextToken() != null) {
                throw new JsonParseException(parser, "there is more behind the value");
            }
            return value;
        }
    }

    /** What is wrong with a text that is no JSON, in one line; places in it by line and column. */
    public static String complaint(IOException problem) {
        return problem.getMessage().lines().findFirst().orElse("")
                .replaceAll("\\[Source: [^;]*; (line: \\d+, column: \\d+)]", "$1");
    }

    private static Object value(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> array(parser);
            case VALUE_STRING -> parser.getText();
            case VALUE_NUMBER_INT -> parser.getNumberValue() instanceof Integer small ? (Long) small.longValue()
                    : parser.getNumberValue();
            case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            case null -> throw new JsonParseException(parser, "there is no value");
            default -> throw new JsonParseException(parser, "a value is missing");
        };
    }

    private static Map<String, Object> object(JsonParser parser) throws IOException {
        var map = new LinkedHashMap<String, Object>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            var name = parser.currentName();
            parser.nextToken();
            map.put(name, value(parser));
        }
        return map;
    }

    private static List<Object> array(JsonParser parser) throws IOException {
        var list = new ArrayList<Object>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            list.add(value(parser));
        }
        return list;
    }

    /** The text of maps, lists, texts, numbers, truths and null, in one line. */
    public static byte[] bytes(Object value) {
        var out = new ByteArrayOutputStream();
        try (var generator = FACTORY.createGenerator(out)) {
            write(generator, value);
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
        return out.toByteArray();
    }

    private static void write(JsonGenerator generator, Object value) throws IOException {
        switch (value) {
            case null -> generator.writeNull();
            case Map<?, ?> map -> {
                generator.writeStartObject();
                for (var entry : map.entrySet()) {
                    generator.writeFieldName((String) entry.getKey());
                    write(generator, entry.getValue());
                }
                generator.writeEndObject();
            }
            case List<?> list -> {
                generator.writeStartArray();
                for (var element : list) {
                    write(generator, element);
                }
                generator.writeEndArray();
            }
            case String text -> generator.writeString(text);
            case Boolean truth -> generator.writeBoolean(truth);
            case Integer number -> generator.writeNumber(number);
            case Long number -> generator.writeNumber(number);
            case java.math.BigInteger number -> generator.writeNumber(number);
            case Double number when Double.isFinite(number) -> generator.writeNumber(number);
            // What JSON has no number for.
            case Double number -> generator.writeNull();
            default -> throw new IllegalArgumentException("no JSON: " + value.getClass());
        }
    }
}

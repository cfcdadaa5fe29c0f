package tfl.stdlib.io;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import tfl.interpreter.value.None;
import tfl.interpreter.value.RecordValue;
import tfl.interpreter.value.TupleValue;

/** JSON: objects are records, arrays tuples, numbers ints or floats. Tensors are written as nested arrays. */
final class JsonFormat implements FileFormat {
    private static final JsonFactory FACTORY = new JsonFactory();

    @Override
    public Object read(ByteReader reader) {
        var bytes = reader.rest("the text");
        try (var parser = FACTORY.createParser(bytes)) {
            if (parser.nextToken() == null) {
                throw new CorruptFile(0, "the file is empty");
            }
            var value = value(parser);
            if (parser.nextToken() != null) {
                throw new CorruptFile(parser.currentTokenLocation().getByteOffset(), "text behind the value");
            }
            return value;
        } catch (JsonParseException | StreamConstraintsException problem) {
            var place = problem.getLocation();
            throw new CorruptFile(place == null ? 0 : Math.max(0, place.getByteOffset()), complaint(problem));
        } catch (IOException problem) {
            throw new CorruptFile(bytes.length, "the text ends inside a value");
        }
    }

    /** What the parser says, places by line and column. */
    static String complaint(JsonProcessingException problem) {
        return problem.getOriginalMessage().replaceAll("\\[Source: [^;]*; (line: \\d+, column: \\d+)]", "$1");
    }

    private static Object value(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case VALUE_NULL -> None.NONE;
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_STRING -> parser.getText();
            case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
            case VALUE_NUMBER_INT -> parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
                    ? (Object) parser.getDoubleValue() : (Object) parser.getLongValue();
            case START_ARRAY -> array(parser);
            case START_OBJECT -> object(parser);
            default -> throw new CorruptFile(parser.currentTokenLocation().getByteOffset(), "a value is missing");
        };
    }

    private static TupleValue array(JsonParser parser) throws IOException {
        var elements = new ArrayList<Object>();
        while (next(parser) != JsonToken.END_ARRAY) {
            elements.add(value(parser));
        }
        return new TupleValue(elements.toArray());
    }

    private static RecordValue object(JsonParser parser) throws IOException {
        var fields = new LinkedHashMap<String, Object>();
        while (next(parser) != JsonToken.END_OBJECT) {
            var name = parser.currentName();
            if (fields.containsKey(name)) {
                throw new CorruptFile(parser.currentTokenLocation().getByteOffset(), "the name " + name
                        + " is there twice");
            }
            next(parser);
            fields.put(name, value(parser));
        }
        return RecordValue.of(fields);
    }

    private static JsonToken next(JsonParser parser) throws IOException {
        var token = parser.nextToken();
        if (token == null) {
            throw new CorruptFile(parser.currentLocation().getByteOffset(), "the text ends inside a value");
        }
        return token;
    }

    @Override
    public void write(Object value, ByteSink sink) throws IOException {
        try (var generator = FACTORY.createGenerator(sink.stream())) {
            generator.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
            new JsonWriter(generator).write(value);
        }
        sink.latin("\n");
    }
}

package tfl.notebooks.file;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A JSON text with the place of each value in it, so that one value can be replaced and the rest kept as it is. */
final class JsonText {
    private static final int LONGEST_TEXT = 512 << 20;
    // Python reads and writes NaN and Infinity, where JSON has no number.
    private static final JsonFactory FACTORY = new JsonFactoryBuilder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .streamReadConstraints(StreamReadConstraints.builder().maxStringLength(LONGEST_TEXT).build()).build();
    private final String text;
    private final JsonParser parser;

    private JsonText(String text, JsonParser parser) {
        this.text = text;
        this.parser = parser;
    }

    /**
     * A value and where it stands.
     *
     * @param raw its own text, if it is no object or array
     * @param string what it says, if it is a string
     * @param members its fields in order, if it is an object
     * @param elements its elements, if it is an array
     */
    record Node(int start, int end, String raw, String string, Map<String, Node> members, List<Node> elements) {
        boolean isObject() {
            return members != null;
        }

        /** The field of that name, or null. */
        Node get(String name) {
            return members == null ? null : members.get(name);
        }

        /** The string of the field of that name; null where there is none. */
        String string(String name) {
            return get(name) == null ? null : get(name).string();
        }

        /** A text that may be written as a list of its lines; null for anything else. */
        String lines() {
            if (elements == null) {
                return string;
            }
            var joined = new StringBuilder();
            for (var line : elements) {
                if (line.string() == null) {
                    return null;
                }
                joined.append(line.string());
            }
            return joined.toString();
        }
    }

    /**
     * The value of a whole text.
     *
     * @throws IOException if it is no JSON
     */
    static Node parse(String text) throws IOException {
        try (var parser = FACTORY.createParser(text)) {
            var reader = new JsonText(text, parser);
            parser.nextToken();
            var node = reader.node();
            if (parser.nextToken() != null) {
                throw new JsonParseException(parser, "there is more behind the value");
            }
            return node;
        }
    }

    private Node node() throws IOException {
        int start = (int) parser.currentTokenLocation().getCharOffset();
        return switch (parser.currentToken()) {
            case START_OBJECT -> {
                var members = new LinkedHashMap<String, Node>();
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    var name = parser.currentName();
                    parser.nextToken();
                    members.put(name, node());
                }
                yield new Node(start, end(), null, null, members, null);
            }
            case START_ARRAY -> {
                var elements = new ArrayList<Node>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    elements.add(node());
                }
                yield new Node(start, end(), null, null, null, elements);
            }
            case VALUE_STRING -> {
                var string = parser.getText();
                yield new Node(start, end(), text.substring(start, end()), string, null, null);
            }
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT, VALUE_TRUE, VALUE_FALSE, VALUE_NULL -> {
                int end = start + parser.getText().length();
                yield new Node(start, end, text.substring(start, end), null, null, null);
            }
            case null, default -> throw new JsonParseException(parser, "a value is missing");
        };
    }

    private int end() {
        return (int) parser.currentLocation().getCharOffset();
    }
}

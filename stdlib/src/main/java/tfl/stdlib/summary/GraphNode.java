package tfl.stdlib.summary;

import java.util.Arrays;
import java.util.Map;
import java.util.regex.Pattern;

/** A {@code NodeDef} while it is written. */
record GraphNode(String name, Message message) {
    private static final Pattern TYPE = Pattern.compile("(\\w+)\\[([0-9, ]*)]");
    private static final int INPUT = 3;
    private static final int ATTRIBUTE = 5;
    /** TensorFlow's numbers of our element types. */
    private static final Map<String, Integer> TYPES = Map.ofEntries(Map.entry("f32", 1), Map.entry("f64", 2),
            Map.entry("i32", 3), Map.entry("u8", 4), Map.entry("i16", 5), Map.entry("i8", 6), Map.entry("c64", 8),
            Map.entry("i64", 9), Map.entry("bool", 10), Map.entry("bf16", 14), Map.entry("f16", 19));

    static GraphNode of(String name, String op) {
        return new GraphNode(name, new Message().text(1, name).text(2, op));
    }

    GraphNode input(String source) {
        message.text(INPUT, source);
        return this;
    }

    /** A word about the node, unless it is empty. */
    GraphNode note(String attribute, String text) {
        if (!text.isEmpty()) {
            message.entry(ATTRIBUTE, attribute, new Message().text(2, text));
        }
        return this;
    }

    /** The types of the results, as {@code f32[2, 3]}: the first one's elements, and all shapes. */
    GraphNode results(String... types) {
        var shapes = new Message();
        for (var type : types) {
            shapes.message(7, shape(type));
        }
        message.entry(ATTRIBUTE, "_output_shapes", new Message().message(1, shapes));
        if (types.length > 0) {
            var elements = TYPES.get(types[0].substring(0, types[0].indexOf('[')));
            message.entry(ATTRIBUTE, "dtype", new Message().whole(6, elements));
        }
        return this;
    }

    private static Message shape(String type) {
        var matcher = TYPE.matcher(type);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("no type of a tensor: " + type);
        }
        var dims = matcher.group(2);
        return Events.shape(dims.isEmpty() ? new long[0]
                : Arrays.stream(dims.split(", ")).mapToLong(Long::parseLong).toArray());
    }
}

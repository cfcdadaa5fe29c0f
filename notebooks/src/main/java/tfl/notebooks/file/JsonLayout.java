package tfl.notebooks.file;

import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** Writes JSON as Jupyter does: indented by one, and each element on a line of its own; or in one line. */
final class JsonLayout {
    private final StringBuilder out = new StringBuilder();
    private final boolean lines;
    private final String unit;

    private JsonLayout(boolean lines, String unit) {
        this.lines = lines;
        this.unit = unit;
    }

    /**
     * The text of maps, lists, strings, numbers, truths, nulls, and {@link JsonText.Node}s, whose numbers are kept as
     * they are written.
     *
     * @param unit what one level is indented by; null for one line
     * @param depth how deep the value stands
     */
    static String of(Object value, String unit, int depth) {
        var layout = new JsonLayout(unit != null, unit == null ? "" : unit);
        layout.write(value, depth);
        return layout.out.toString();
    }

    static String inLine(Object value) {
        return of(value, null, 0);
    }

    private void write(Object value, int depth) {
        switch (value) {
            case null -> out.append("null");
            case JsonText.Node node when node.members() != null -> object(node.members(), depth);
            case JsonText.Node node when node.elements() != null -> array(node.elements(), depth);
            case JsonText.Node node when node.string() != null -> string(node.string());
            case JsonText.Node node -> out.append(node.raw());
            case Map<?, ?> map -> object(map, depth);
            case List<?> list -> array(list, depth);
            case String text -> string(text);
            default -> out.append(value);
        }
    }

    private void string(String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char letter = text.charAt(i);
            switch (letter) {
                case '"', '\\' -> out.append('\\').append(letter);
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                case '\b' -> out.append("\\b");
                case '\f' -> out.append("\\f");
                default -> out.append(letter < ' ' ? String.format("\\u%04x", (int) letter) : String.valueOf(letter));
            }
        }
        out.append('"');
    }

    private void object(Map<?, ?> map, int depth) {
        out.append('{');
        for (Iterator<? extends Map.Entry<?, ?>> entries = map.entrySet().iterator(); entries.hasNext();) {
            var entry = entries.next();
            line(depth + 1);
            string((String) entry.getKey());
            out.append(": ");
            write(entry.getValue(), depth + 1);
            comma(entries.hasNext());
        }
        close(map.isEmpty(), depth, '}');
    }

    private void array(List<?> list, int depth) {
        out.append('[');
        for (var elements = list.iterator(); elements.hasNext();) {
            line(depth + 1);
            write(elements.next(), depth + 1);
            comma(elements.hasNext());
        }
        close(list.isEmpty(), depth, ']');
    }

    private void comma(boolean more) {
        if (more) {
            out.append(lines ? "," : ", ");
        }
    }

    private void line(int depth) {
        if (lines) {
            out.append('\n').append(unit.repeat(depth));
        }
    }

    private void close(boolean empty, int depth, char bracket) {
        if (!empty) {
            line(depth);
        }
        out.append(bracket);
    }
}

package tfl.notebooks.json;

import java.util.List;
import java.util.Map;

/**
 * The fields of a JSON object, asked for with what stands in for those that are missing or of another kind.
 *
 * @param map names and values
 */
public record Fields(Map<String, Object> map) {
    public static final Fields NONE = new Fields(Map.of());

    /** The fields of a value, if it is an object; else none. */
    @SuppressWarnings("unchecked")
    public static Fields of(Object value) {
        return value instanceof Map<?, ?> map ? new Fields((Map<String, Object>) map) : NONE;
    }

    public boolean has(String name) {
        return map.containsKey(name);
    }

    public String text(String name, String otherwise) {
        return map.get(name) instanceof String text ? text : otherwise;
    }

    public boolean truth(String name, boolean otherwise) {
        return map.get(name) instanceof Boolean truth ? truth : otherwise;
    }

    public long number(String name, long otherwise) {
        return map.get(name) instanceof Number number ? number.longValue() : otherwise;
    }

    public Fields fields(String name) {
        return of(map.get(name));
    }

    public List<?> list(String name) {
        return map.get(name) instanceof List<?> list ? list : List.of();
    }
}

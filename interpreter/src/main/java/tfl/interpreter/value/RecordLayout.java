package tfl.interpreter.value;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The field names of records, shared by all records with the same names in the same order, so that code which
 * reads a
 * field can remember where it is.
 */
public final class RecordLayout {
    private static final int MOST_SHARED = 20_000;
    private static final Map<List<String>, RecordLayout> SHARED = new ConcurrentHashMap<>();
    public static final RecordLayout EMPTY = of(List.of());

    private final List<String> names;
    private final Map<String, Integer> indices;

    private RecordLayout(List<String> names) {
        this.names = names;
        this.indices = new HashMap<>(names.size() * 2);
        for (int i = 0; i < names.size(); i++) {
            if (indices.put(names.get(i), i) != null) {
                throw new IllegalArgumentException("the field " + names.get(i) + " is there twice");
            }
        }
    }

    /** The layout of these names, which must differ. */
    public static RecordLayout of(List<String> names) {
        var key = List.copyOf(names);
        var known = SHARED.get(key);
        if (known != null) {
            return known;
        }
        var fresh = new RecordLayout(key);
        // Data files can bring any number of layouts; those beyond the limit work, unshared.
        return SHARED.size() >= MOST_SHARED ? fresh : SHARED.computeIfAbsent(key, k -> fresh);
    }

    public static RecordLayout of(String... names) {
        return of(List.of(names));
    }

    public List<String> names() {
        return names;
    }

    public String name(int index) {
        return names.get(index);
    }

    public int size() {
        return names.size();
    }

    /** Where the field is, or -1. */
    public int indexOf(String name) {
        Integer index = indices.get(name);
        return index == null ? -1 : index;
    }
}

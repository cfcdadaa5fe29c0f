package tfl.notebooks.cell;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.graalvm.polyglot.Value;
import tfl.session.Session;

/** The names of a session and its random generator, asked and set through the language's services. */
final class SessionNames {
    private static final int REMEMBERED = 10_000;
    private final Session session;
    private final Map<Pair, Boolean> compared = new HashMap<>();
    private Set<String> library;

    SessionNames(Session session) {
        this.session = session;
    }

    /**
     * What a name stands for.
     *
     * @param value null for nothing
     * @param writes grows when a definition is made again
     */
    record Bound(Value value, boolean definition, long writes, boolean module) {}

    /** Where the random generator stands. */
    record Randomness(long key, long block) {}

    /**
     * What became of the random generator since it was set.
     *
     * @param drawn whether what was drawn depends on where it stood
     * @param moved whether it was drawn from or set
     */
    record Draws(Randomness now, boolean drawn, boolean moved) {}

    private record Pair(long one, long other) {}

    Bound bound(String name) {
        var row = session.service("binding", name);
        var kind = row.getMember("kind").asString();
        return new Bound(kind.equals("none") ? null : row.getMember("value"), kind.equals("definition"),
                row.getMember("writes").asLong(), row.getMember("module").asBoolean());
    }

    /** All names that have a value. */
    Set<String> all(boolean variablesOnly) {
        var names = new LinkedHashSet<String>();
        var rows = session.service("vars");
        for (long i = 0; i < rows.getArraySize(); i++) {
            var row = rows.getArrayElement(i);
            if (!variablesOnly || row.getMember("kind").asString().equals("variable")) {
                names.add(row.getMember("name").asString());
            }
        }
        return names;
    }

    /** Whether it is a name that every text knows. */
    boolean isInLibrary(String name) {
        if (library == null) {
            library = strings(session.service("globals"));
        }
        return library.contains(name);
    }

    void bind(Binding binding) {
        bind(binding.name(), binding.isDefinition(), binding.value());
    }

    void bind(String name, boolean definition, Value value) {
        session.service("bind", name, definition, value);
    }

    void drop(String name) {
        session.service("drop", name);
    }

    /** What the functions in a value look up when they are called; null if that cannot be known. */
    Set<String> live(Value value) {
        var names = session.service("live", value);
        return names.isNull() ? null : strings(names);
    }

    private static Set<String> strings(Value tuple) {
        var set = new LinkedHashSet<String>();
        for (long i = 0; i < tuple.getArraySize(); i++) {
            set.add(tuple.getArrayElement(i).asString());
        }
        return set;
    }

    boolean same(Value one, Value other) {
        return session.service("same", one, other).asBoolean();
    }

    /** Whether two bindings, either of which may be null for none, are alike to who reads them. */
    boolean same(Binding one, Binding other) {
        if (one == null || other == null) {
            return one == other;
        }
        if (one.version() == other.version()) {
            return true;
        }
        if (compared.size() > REMEMBERED) {
            compared.clear();
        }
        var pair = new Pair(one.version(), other.version());
        var known = compared.get(pair);
        if (known == null) {
            known = one.isDefinition() == other.isDefinition() && one.edition() == other.edition()
                    && same(one.value(), other.value());
            compared.put(pair, known);
        }
        return known;
    }

    Draws draws() {
        var row = session.service("generator");
        return new Draws(new Randomness(row.getMember("key").asLong(), row.getMember("block").asLong()),
                row.getMember("drawn").asBoolean(), row.getMember("moved").asBoolean());
    }

    void set(Randomness start) {
        session.service("setGenerator", start.key(), start.block());
    }
}

package tfl.interpreter.translate;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tfl.interpreter.builtin.Builtin;
import tfl.interpreter.builtin.BuiltinFunction;
import tfl.interpreter.builtin.BuiltinProvider;

/** The names that every text knows; a function is made when a text first uses it. */
public final class Globals {
    private static final List<String> OWN = List.of("__main__", "__args__", "__dir__");
    private final List<BuiltinProvider> providers;
    private final Set<String> names = new LinkedHashSet<>(OWN);
    private final Map<String, Object> made = new HashMap<>();

    /** @param providers the ones of the prelude, first ones first */
    public Globals(List<BuiltinProvider> providers) {
        this.providers = providers;
        providers.forEach(provider -> names.addAll(provider.names()));
    }

    public Set<String> names() {
        return names;
    }

    /** The value of that name, or null. */
    public synchronized Object find(String name) {
        var known = made.get(name);
        if (known == null) {
            known = make(name);
            if (known != null) {
                made.put(name, known);
            }
        }
        return known;
    }

    private Object make(String name) {
        for (var provider : providers) {
            Object row = provider.find(name);
            if (row != null) {
                return row instanceof Builtin builtin ? new BuiltinFunction(builtin) : row;
            }
        }
        return null;
    }
}

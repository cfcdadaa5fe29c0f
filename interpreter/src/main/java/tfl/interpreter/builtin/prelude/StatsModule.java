package tfl.interpreter.builtin.prelude;

import java.util.Collection;
import java.util.List;
import tfl.interpreter.builtin.BuiltinProvider;

/** The functions of the prelude that {@code stats} has too, so that a reader finds all of them in one place. */
public final class StatsModule implements BuiltinProvider {
    private static final List<String> NAMES = List.of("mean", "var", "std", "median", "quantile", "histogram");
    private final Prelude prelude = new Prelude();

    @Override
    public String module() {
        return "stats";
    }

    @Override
    public Object find(String name) {
        return NAMES.contains(name) ? prelude.find(name) : null;
    }

    @Override
    public Collection<String> names() {
        return NAMES;
    }
}

package tfl.language.resolve;

import java.util.Set;

/**
 * The names that exist before a text is run.
 *
 * @param globals names of the prelude
 * @param definitions names the module has from {@code fn}, {@code struct}, {@code import} of earlier texts
 * @param variables names the module has from assignments of earlier texts
 * @param interactive whether the module goes on later: then functions may use names that do not exist yet
 */
public record Known(Set<String> globals, Set<String> definitions, Set<String> variables,
        boolean interactive) {
    public Known {
        globals = Set.copyOf(globals);
        definitions = Set.copyOf(definitions);
        variables = Set.copyOf(variables);
    }

    /** For a whole file: nothing but the prelude. */
    public static Known file(Set<String> globals) {
        return new Known(globals, Set.of(), Set.of(), false);
    }
}

package tfl.language.resolve;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tfl.language.ast.Module;
import tfl.language.ast.Statement.ImportedModule;

/**
 * What a text takes from the module it runs in and what it leaves there, found without running it: a notebook learns
 * by it which cells go with which. Where a name may or may not be read, it counts as read.
 *
 * @param reads the uses that a binding made before the text may answer; each with the names that the text had bound
 *     by itself until then, which functions called there see instead
 * @param inner what functions defined here look up when they are called
 * @param definite the names that are bound when the text ran to its end
 * @param possible the same, and those that it binds in a branch or a loop
 * @param assigned the possible ones that no definition of the text binds: they become variables, unless the module has
 *     a definition of that name, which then is replaced
 * @param imports the modules it imports, wherever
 */
public record Footprint(Map<Use, Set<String>> reads, Set<Use> inner, Set<String> definite, Set<String> possible,
        Set<String> assigned, List<ImportedModule> imports) {

    /**
     * A name in use.
     *
     * @param owner null for a plain use. Of {@code name} in {@code x.name(..)}, which is the function of that name
     *     unless x has a member so called, it is the name x, or empty where that is no name
     */
    public record Use(String name, String owner) {
        public boolean isMethod() {
            return owner != null;
        }
    }

    public Footprint {
        reads = Collections.unmodifiableMap(new LinkedHashMap<>(reads));
        inner = Collections.unmodifiableSet(new LinkedHashSet<>(inner));
        definite = Collections.unmodifiableSet(new LinkedHashSet<>(definite));
        possible = Collections.unmodifiableSet(new LinkedHashSet<>(possible));
        assigned = Set.copyOf(assigned);
        imports = List.copyOf(imports);
    }

    /** @param variables names that the module has from assignments, which functions capture when they are made */
    public static Footprint of(Module module, Set<String> variables) {
        return new FootprintWalk(variables).of(module);
    }

    /** Whether some binding made before may answer a plain use of the name. */
    public boolean reads(String name) {
        return reads.keySet().stream().anyMatch(use -> use.name().equals(name));
    }
}

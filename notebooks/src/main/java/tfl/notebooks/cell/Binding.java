package tfl.notebooks.cell;

import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.graalvm.polyglot.Value;

/** A value that a name of the session was bound to, by a cell or before all cells. */
final class Binding {
    private static final AtomicLong VERSIONS = new AtomicLong();
    private final String name;
    private final boolean definition;
    private final String cell;
    private final long version;
    private final boolean module;
    private final Set<String> live;
    private final int edition;
    private Value value;

    private Binding(String name, Value value, boolean definition, boolean module, String cell, Set<String> live,
            int edition, long version) {
        this.edition = edition;
        this.name = name;
        this.value = value;
        this.definition = definition;
        this.module = module;
        this.cell = cell;
        this.live = live;
        this.version = version;
    }

    /**
     * A binding.
     *
     * @param cell the cell that made it, or null
     * @param live what functions inside look up when they are called
     * @param edition of a module that is a file, how often files had been read anew; else 0
     */
    static Binding of(String name, SessionNames.Bound bound, String cell, Set<String> live, int edition) {
        return new Binding(name, bound.value(), bound.definition(), bound.module(), cell, live, edition,
                VERSIONS.incrementAndGet());
    }

    /** The same binding made once more, with an equal value; the earlier one keeps no second copy alive. */
    Binding again(Value equal) {
        value = equal;
        return new Binding(name, equal, definition, module, cell, live, edition, version);
    }

    String name() {
        return name;
    }

    Value value() {
        return value;
    }

    boolean isDefinition() {
        return definition;
    }

    boolean isModule() {
        return module;
    }

    /** The cell that made it, or null. */
    String cell() {
        return cell;
    }

    Set<String> live() {
        return live;
    }

    /** A module's file that is read anew leaves the module the same value, which has other members. */
    int edition() {
        return edition;
    }

    /** Bindings of one version have equal values. */
    long version() {
        return version;
    }
}

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
    private Value value;

    private Binding(String name, Value value, boolean definition, boolean module, String cell, Set<String> live,
            long version) {
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
     */
    static Binding of(String name, SessionNames.Bound bound, String cell, Set<String> live) {
        return new Binding(name, bound.value(), bound.definition(), bound.module(), cell, live,
                VERSIONS.incrementAndGet());
    }

    /** The same binding made once more, with an equal value; the earlier one keeps no second copy alive. */
    Binding again(Value equal) {
        value = equal;
        return new Binding(name, equal, definition, module, cell, live, version);
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

    /** Bindings of one version have equal values. */
    long version() {
        return version;
    }
}

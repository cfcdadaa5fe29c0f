package tfl.notebooks.cell;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.graalvm.polyglot.Value;
import tfl.language.ast.Statement.ModuleKind;
import tfl.language.parse.Parser;
import tfl.language.resolve.Footprint;
import tfl.language.source.Source;
import tfl.notebooks.cell.SessionNames.Bound;
import tfl.session.Session;

/**
 * Runs texts and notes what each read and wrote. What a text uses is found from its tree, before it runs; what the
 * functions among that look up, from their values; what it wrote, by looking afterwards.
 */
final class Tracker {
    private static final String LAST = "ans";
    private static final String NAMELESS = "#";
    private final Session session;
    private final SessionNames names;
    private Cells cells;
    private final Set<String> files = new HashSet<>();
    private int nameless;
    private int editions;
    private Map<String, Binding> current = new HashMap<>();

    Tracker(Session session) {
        this.session = session;
        this.names = new SessionNames(session);
        this.cells = new Cells(names, names.draws().now());
    }

    Cells cells() {
        return cells;
    }

    /** All there is to know about a moment of the session; values are immutable, so this copies none. */
    record Moment(Value snapshot, Cells cells, Map<String, Binding> current, SessionNames.Randomness generator) {}

    Moment moment() {
        return new Moment(session.service("snapshot"), cells.copy(), Map.copyOf(current), names.draws().now());
    }

    /** Back to that moment. */
    void restore(Moment moment) {
        session.service("restore", moment.snapshot());
        names.set(moment.generator());
        cells = moment.cells();
        current = new HashMap<>(moment.current());
    }

    /**
     * Runs the modules again whose files have changed, and notes which bindings that changes; what there is to tell.
     */
    List<String> reload() {
        var rows = session.service("reload", false);
        var lines = new ArrayList<String>();
        for (long i = 0; i < rows.getArraySize(); i++) {
            lines.add(rows.getArrayElement(i).asString());
        }
        if (lines.stream().anyMatch(line -> line.startsWith("reloaded "))) {
            editions++;
            for (var old : List.copyOf(current.values())) {
                var bound = names.bound(old.name());
                boolean changed = files.contains(old.name()) && old.isModule()
                        || bound.value() != null && !names.same(old.value(), bound.value());
                if (changed) {
                    var now = Binding.of(old.name(), bound, old.cell(), liveOf(bound.value(), old.live()),
                            edition(old.name(), bound));
                    cells.renew(old, now);
                    current.put(old.name(), now);
                }
            }
        }
        return lines;
    }

    /** Forgets all cells and all names. */
    void reset() {
        session.service("reset");
        cells = new Cells(names, names.draws().now());
        current = new HashMap<>();
    }

    /** A name was forgotten by hand. */
    void drop(String name) {
        names.drop(name);
        current.remove(name);
    }

    /** Runs a cell where the session stands. */
    Outcome run(String id, int number, String text, Supplier<Ending> work) {
        var parsed = Parser.parse(Source.of("cell", text));
        if (!parsed.isValid()) {
            return work.get().outcome();
        }
        var footprint = Footprint.of(parsed.module(), names.all(true));
        footprint.imports().stream().filter(each -> each.kind() == ModuleKind.FILE)
                .forEach(each -> files.add(each.name().text()));
        var reads = new Reads(footprint);
        var start = cells.before(id).generator();
        var before = hide(footprint, reads.found);
        names.set(start);
        Ending ending = null;
        Set<String> written;
        try {
            ending = work.get();
        } finally {
            // A session that has ended can be asked nothing more.
            boolean ended = ending != null && ending.outcome().status() == Outcome.Status.EXITED;
            written = ended ? Set.of() : settle(footprint, before, ending != null && ending.outcome().isDone());
        }
        if (ending.outcome().status() == Outcome.Status.EXITED) {
            return ending.outcome();
        }
        var writes = new LinkedHashMap<String, Binding>();
        written.forEach(name -> writes.put(name, binding(id, name, reads, names.bound(name))));
        if (ending.value() != null && !ending.value().isNull()) {
            writes.put(LAST, binding(id, LAST, reads, names.bound(LAST)));
        }
        var draws = names.draws();
        cells.put(new CellRun(id, number, text, ending.outcome().status(), reads.found, reads.inner,
                reads.replaced, writes,
                draws.drawn() ? start : null, draws.moved() ? draws.now() : null));
        current.putAll(writes);
        return ending.outcome();
    }

    /** Which cell that is, where nobody tells: one of this text, or else of one that defines the same names anew. */
    String identify(String text) {
        var parsed = Parser.parse(Source.of("cell", text));
        var footprint = Footprint.of(parsed.module(), Set.of());
        String found = null;
        for (var run : cells.all()) {
            if (run.id().startsWith(NAMELESS)) {
                if (run.text().equals(text)) {
                    return run.id();
                }
                boolean edited = !footprint.definite().isEmpty()
                        && run.writes().keySet().stream().filter(name -> !name.equals(LAST)).collect(Collectors.toSet())
                                .equals(footprint.definite())
                        && footprint.definite().stream().noneMatch(footprint::reads);
                found = edited ? run.id() : found;
            }
        }
        if (found == null) {
            nameless++;
            return NAMELESS + nameless;
        }
        return found;
    }

    /** What a text bound that is no cell. */
    void adoptAfter(String text) {
        adopt(Footprint.of(Parser.parse(Source.of("hidden", text)).module(), Set.of()).possible());
    }

    /** How a text ended, and its value if it has one to be remembered. */
    record Ending(Outcome outcome, Value value) {}

    /** After something outside of the cells bound these names. */
    void adopt(Set<String> changed) {
        for (var name : changed) {
            var bound = names.bound(name);
            if (bound.value() != null) {
                var binding = Binding.of(name, bound, null, liveOf(bound.value(), Set.of()), edition(name, bound));
                cells.putOutside(binding);
                current.put(name, binding);
            }
        }
    }

    /** Gives all names, and the random generator, what they have in that state. */
    void enter(Cells.State state) {
        names.set(state.generator());
        var wanted = state.bindings();
        adopt(unknown());
        for (var name : List.copyOf(current.keySet())) {
            if (!wanted.containsKey(name)) {
                names.drop(name);
                current.remove(name);
            }
        }
        wanted.forEach((name, binding) -> {
            var now = current.put(name, binding);
            if (now != binding) {
                names.bind(binding);
            }
        });
    }

    private Set<String> unknown() {
        var all = new HashSet<>(names.all(false));
        all.removeAll(current.keySet());
        return all;
    }

    // Reads

    /** What a text will read. */
    private final class Reads {
        private final Map<String, Binding> found = new LinkedHashMap<>();
        private final Map<String, CellRun.LookUp> inner = new LinkedHashMap<>();
        private final Map<String, Boolean> replaced = new HashMap<>();

        Reads(Footprint footprint) {
            for (var name : footprint.assigned()) {
                var binding = bindingOf(name);
                replaced.put(name, binding != null && binding.isDefinition());
            }
            footprint.reads().forEach((use, own) -> {
                if (!isMemberOfModule(use)) {
                    add(use.name(), own);
                }
            });
            for (var use : footprint.inner()) {
                if (!isMemberOfModule(use)) {
                    inner.put(use.name(), CellRun.LookUp.of(bindingOf(use.name()), names.isInLibrary(use.name())));
                }
            }
        }

        private boolean isMemberOfModule(Footprint.Use use) {
            var owner = use.isMethod() && !use.owner().isEmpty() ? bindingOf(use.owner()) : null;
            return owner != null && owner.isModule();
        }

        /** The name, and what functions in its value look up; {@code own} hides what stood there before. */
        private void add(String name, Set<String> own) {
            if (own.contains(name) || found.containsKey(name)) {
                return;
            }
            var binding = bindingOf(name);
            found.put(name, binding);
            if (binding != null) {
                binding.live().forEach(each -> add(each, own));
            }
        }

        /** What functions may look up that nobody can look into. */
        Set<String> reach() {
            var reach = new HashSet<>(found.keySet());
            reach.addAll(inner.keySet());
            return reach;
        }
    }

    private Binding bindingOf(String name) {
        if (!current.containsKey(name)) {
            adopt(Set.of(name));
        }
        return current.get(name);
    }

    // Writes

    /**
     * What stood there before the text runs, by name. A variable that the text perhaps binds, and nothing reads, is
     * taken away meanwhile: so it shows whether it was bound.
     */
    private Map<String, Before> hide(Footprint footprint, Map<String, Binding> reads) {
        var before = new LinkedHashMap<String, Before>();
        for (var name : footprint.possible()) {
            var bound = names.bound(name);
            boolean hidden = bound.value() != null && !bound.definition() && !footprint.definite().contains(name)
                    && !reads.containsKey(name);
            before.put(name, new Before(bound, hidden));
            if (hidden) {
                names.drop(name);
            }
        }
        return before;
    }

    private record Before(Bound bound, boolean hidden) {}

    /** The names that the text bound; what it did not, and was taken away, comes back. */
    private Set<String> settle(Footprint footprint, Map<String, Before> before, boolean whole) {
        var written = new LinkedHashSet<String>();
        before.forEach((name, was) -> {
            var now = names.bound(name);
            if (now.value() == null) {
                if (was.hidden()) {
                    names.bind(name, false, was.bound().value());
                }
            } else if (was.hidden() || whole && footprint.definite().contains(name) || isNew(was, now)) {
                written.add(name);
            }
        });
        return written;
    }

    private boolean isNew(Before was, Bound now) {
        return was.bound().value() == null || was.bound().writes() != now.writes()
                || !names.same(was.bound().value(), now.value());
    }

    private Binding binding(String id, String name, Reads reads, Bound bound) {
        var last = cells.run(id) == null ? null : cells.run(id).writes().get(name);
        if (last != null && last.isDefinition() == bound.definition()
                && last.edition() == edition(name, bound) && names.same(last.value(), bound.value())) {
            return last.again(bound.value());
        }
        return Binding.of(name, bound, id, liveOf(bound.value(), reads.reach()), edition(name, bound));
    }

    private int edition(String name, Bound bound) {
        return bound.module() && files.contains(name) ? editions : 0;
    }

    private Set<String> liveOf(Value value, Set<String> reach) {
        var live = names.live(value);
        return live == null ? reach : live;
    }
}

package tfl.notebooks.cell;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tfl.notebooks.cell.SessionNames.Randomness;

/**
 * The cells in their order, with the last run of each: what all names would stand for at any place between them if
 * they had run from the top, and which cells read something else.
 */
final class Cells {
    private final SessionNames names;
    private final Map<String, Binding> outside;
    private final Map<String, CellRun> runs;
    private final Randomness start;

    Cells(SessionNames names, Randomness start) {
        this(names, new LinkedHashMap<>(), new LinkedHashMap<>(), start);
    }

    private Cells(SessionNames names, Map<String, Binding> outside, Map<String, CellRun> runs, Randomness start) {
        this.names = names;
        this.outside = outside;
        this.runs = runs;
        this.start = start;
    }

    /** As it is now, to come back to. */
    Cells copy() {
        return new Cells(names, new LinkedHashMap<>(outside), new LinkedHashMap<>(runs), start);
    }

    List<CellRun> all() {
        return List.copyOf(runs.values());
    }

    CellRun run(String id) {
        return runs.get(id);
    }

    /** Notes a cell's last run; a new cell comes last. */
    void put(CellRun run) {
        runs.put(run.id(), run);
    }

    /** A cell that is no more. */
    void remove(String id) {
        runs.remove(id);
    }

    /** Brings the cells into an order; those that it leaves out come last. */
    void order(List<String> ids) {
        var rest = new LinkedHashMap<>(runs);
        runs.clear();
        for (var id : ids) {
            if (rest.containsKey(id)) {
                runs.put(id, rest.remove(id));
            }
        }
        runs.putAll(rest);
    }

    /** A binding stands for another value now, and not because its cell ran. */
    void renew(Binding old, Binding now) {
        var run = old.cell() == null ? null : runs.get(old.cell());
        if (run != null && run.writes().get(old.name()) == old) {
            runs.put(run.id(), run.withWrite(now));
        } else if (outside.get(old.name()) == old) {
            outside.put(now.name(), now);
        }
    }

    /** A name that no cell bound. */
    void putOutside(Binding binding) {
        outside.put(binding.name(), binding);
    }

    /** What the names stand for where that cell begins; behind all for a cell that is not known. */
    State before(String id) {
        var state = new State(new LinkedHashMap<>(outside), start);
        for (var run : runs.values()) {
            if (run.id().equals(id)) {
                break;
            }
            state = state.after(run);
        }
        return state;
    }

    /**
     * What all names, and the random generator, would be.
     *
     * @param bindings is changed by {@link #after}
     */
    record State(Map<String, Binding> bindings, Randomness generator) {
        State after(CellRun run) {
            bindings.putAll(run.writes());
            return new State(bindings, run.end() == null ? generator : run.end());
        }
    }

    /** The cells that read something else than they would, in order. */
    List<Stale> stale() {
        var found = new ArrayList<Stale>();
        var ids = new HashSet<String>();
        var state = new State(new LinkedHashMap<>(outside), start);
        for (var run : runs.values()) {
            var reasons = reasons(run, state);
            boolean direct = !reasons.isEmpty();
            if (!direct) {
                reasons = inherited(run, state, ids);
            }
            if (!reasons.isEmpty()) {
                ids.add(run.id());
                found.add(new Stale(run.id(), run.number(), direct, reasons));
            }
            state = state.after(run);
        }
        return found;
    }

    /** Why a cell that would begin in that state has to run again; empty if it has not. */
    List<String> reasons(CellRun run, State state) {
        var reasons = new ArrayList<String>();
        if (run.isInterrupted()) {
            reasons.add("it was interrupted");
        }
        run.reads().forEach((name, read) -> {
            var meant = state.bindings().get(name);
            if (!names.same(read, meant)) {
                reasons.add(difference(run, name, read, meant));
            }
        });
        run.inner().forEach((name, way) -> {
            var meant = state.bindings().get(name);
            if (way != CellRun.LookUp.of(meant, names.isInLibrary(name))) {
                reasons.add("its functions use `" + name + "`, which means something else now");
            }
        });
        run.replaced().forEach((name, definition) -> {
            var meant = state.bindings().get(name);
            if (definition != (meant != null && meant.isDefinition())) {
                reasons.add("it assigns `" + name + "`, which was " + (definition ? "a function or module"
                        : "a variable") + " then");
            }
        });
        if (run.start() != null && !run.start().equals(state.generator())) {
            reasons.add("its random numbers begin elsewhere, as a cell above draws more or fewer");
        }
        return reasons;
    }

    private String difference(CellRun run, String name, Binding read, Binding meant) {
        var shown = "`" + name + "`";
        if (meant == null) {
            return "it reads " + shown + ", which no cell above defines" + (runs.values().stream()
                    .anyMatch(each -> each.writes().containsKey(name)) ? "" : " any more");
        }
        if (read == null) {
            return "it uses " + shown + ", which " + place(meant) + " defines now";
        }
        if (run.id().equals(read.cell())) {
            return "it read " + shown + " as its own earlier run left it";
        }
        return read.cell() != null && read.cell().equals(meant.cell())
                ? "it read " + shown + ", which " + place(meant) + " has changed since"
                : "it read " + shown + " of " + place(read) + ", not of " + place(meant);
    }

    private String place(Binding binding) {
        var run = binding.cell() == null ? null : runs.get(binding.cell());
        return run != null ? "cell " + run.number() : binding.cell() == null ? "the session" : "a cell that is gone";
    }

    private List<String> inherited(CellRun run, State state, Set<String> staleIds) {
        var reasons = new ArrayList<String>();
        run.reads().forEach((name, read) -> {
            var meant = state.bindings().get(name);
            if (meant != null && staleIds.contains(meant.cell())) {
                reasons.add("it reads `" + name + "` of " + place(meant) + ", which is stale");
            }
        });
        return reasons;
    }
}

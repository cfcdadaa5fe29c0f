package tfl.notebooks.cell;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.graalvm.polyglot.Value;
import tfl.notebooks.cell.Tracker.Ending;
import tfl.session.ExplainedCall;
import tfl.session.Misuse;
import tfl.session.Session;
import tfl.session.Stopwatch;

/** Runs the texts of cells: the notebook's own commands at their top, then the code. */
final class CellCommands {
    private static final int UNDO_DEPTH = 100;
    private static final String OUT_OF_MEMORY = "TFL-E0292";
    private final CellSession cell;
    private final Session session;
    private final Tracker tracker;
    private final Deque<Tracker.Moment> before = new ArrayDeque<>();

    CellCommands(CellSession cell, Tracker tracker) {
        this.cell = cell;
        this.session = cell.session();
        this.tracker = tracker;
    }

    /** Whether the cell is no part of the program, as all of it is about the notebook. */
    boolean isOnlyCommands(String text) {
        var parts = CellText.of(text);
        return !parts.commands().isEmpty() && parts.code().isEmpty()
                && parts.commands().stream().noneMatch(line -> line.matches("%%?time(it)?\\b.*|:time(it)?\\b.*"));
    }

    /** Runs a cell, unless a command fails before. */
    Outcome run(String id, int number, String text) {
        var parts = CellText.of(text);
        CellCommand timed = null;
        var code = parts.code();
        try {
            for (var line : parts.commands()) {
                if (asks(line)) {
                    continue;
                }
                var word = line.replaceFirst("^(%%?|:)", "").split("\\s", 2)[0];
                var rest = line.replaceFirst("^(%%?|:)\\S*", "").strip();
                var command = CellCommand.of(word, rest);
                if (command.takesCode()) {
                    timed = command;
                    code = rest.isEmpty() ? code : rest + "\n" + code;
                    continue;
                }
                var outcome = run(command, rest);
                if (!outcome.isDone()) {
                    return outcome;
                }
            }
        } catch (Misuse problem) {
            var failure = new Output.Failure("misuse", problem.getMessage(),
                    List.of("error: " + problem.getMessage()));
            cell.emit(failure);
            return new Outcome(Outcome.Status.FAILED, cell.count(), failure, 0);
        }
        if (code.isBlank()) {
            return new Outcome(Outcome.Status.DONE, cell.count(), null, 0);
        }
        return runCode(id, number, code, timed);
    }

    private boolean asks(String line) {
        if (line.startsWith("?")) {
            explain(line.substring(1).strip(), "doc");
        } else if (line.endsWith("??")) {
            explain(line.substring(0, line.length() - 2), "source");
        } else if (line.endsWith("?")) {
            explain(line.substring(0, line.length() - 1), "doc");
        } else {
            return false;
        }
        return true;
    }

    private Outcome explain(String name, String service) {
        return quietly(() -> cell.say(session.service(service, name).asString().stripTrailing()));
    }

    private Outcome quietly(Runnable work) {
        return cell.guarded(() -> {
            work.run();
            return null;
        }).outcome();
    }

    private Outcome runCode(String id, int number, String code, CellCommand timed) {
        remember();
        var known = id == null || id.isEmpty() ? tracker.identify(code) : id;
        var outcome = tracker.run(known, number, code, () -> evaluate(code, number, timed));
        if (outcome.failure() != null && outcome.failure().name().equals(OUT_OF_MEMORY)) {
            // What could be undone holds memory too.
            before.clear();
        }
        return outcome;
    }

    private Ending evaluate(String code, int number, CellCommand timed) {
        return cell.guarded(() -> {
            if (timed != null) {
                return timed(code, number, timed);
            }
            var value = session.run(cell.source(code, number));
            session.service("setLast", value);
            show(value, code);
            return value;
        });
    }

    private Value timed(String code, int number, CellCommand command) {
        var seen = new Value[1];
        var watch = new Stopwatch(session, value -> {
            seen[0] = value;
            show(value, code);
        }, cell::say);
        if (command == CellCommand.TIME) {
            watch.once(cell.source(code, number));
        } else {
            watch.often(session.fragment(code, "<cell " + number + ">"));
        }
        return seen[0];
    }

    private void show(Value value, String code) {
        if (!value.isNull() && !code.stripTrailing().endsWith(";")) {
            cell.emit(new Output.Result(cell.bundle(value)));
        }
    }

    private Outcome run(CellCommand command, String rest) {
        return switch (command) {
            case HELP -> quietly(() -> cell.say(CellCommand.help()));
            case STALE -> stale(rest);
            case UNDO -> quietly(this::undo);
            case VARS -> quietly(this::variables);
            case DROP -> quietly(() -> changing(() -> tracker.drop(rest)));
            case FORGET -> quietly(() -> changing(() -> forget(rest)));
            case RESET -> quietly(() -> changing(tracker::reset));
            case EXPLAIN -> cell.guarded(() -> {
                var value = session.run(cell.source(ExplainedCall.of(rest), cell.count()));
                cell.emit(new Output.Display(cell.bundle(value)));
                return null;
            }).outcome();
            case APROPOS -> explain(rest, "apropos");
            case MEM -> quietly(this::memory);
            case TIME, TIMEIT -> throw new IllegalStateException(command + " runs code");
        };
    }

    private void changing(Runnable work) {
        remember();
        work.run();
    }

    private void remember() {
        before.push(tracker.moment());
        if (before.size() > UNDO_DEPTH) {
            before.removeLast();
        }
    }

    private void undo() {
        if (before.isEmpty()) {
            cell.say("nothing to undo");
        } else {
            tracker.restore(before.pop());
            cell.say("undone");
        }
    }

    private void forget(String numbers) {
        var cells = tracker.cells();
        for (var number : numbers.split("[\\s,]+")) {
            var run = cells.all().stream().filter(each -> number.equals("" + each.number())).findFirst()
                    .orElseThrow(() -> new Misuse("no cell has the number " + number));
            cells.remove(run.id());
        }
    }

    // Stale cells

    private Outcome stale(String rest) {
        return switch (rest) {
            case "" -> quietly(() -> cell.emit(new Output.Display(StaleText.listing(tracker.cells().stale()))));
            case "run" -> {
                remember();
                yield new Refresh(cell, tracker).run();
            }
            default -> throw new Misuse("%stale lists the stale cells, and %stale run reruns them; there is no %stale "
                    + rest);
        };
    }

    // Tables

    private void variables() {
        var rows = session.service("vars");
        if (rows.getArraySize() == 0) {
            cell.say("no variables yet");
        }
        for (long i = 0; i < rows.getArraySize(); i++) {
            var row = rows.getArrayElement(i);
            cell.say(String.format("%-16s %-24s %10s  %s", part(row, "name"), part(row, "type"), part(row, "bytes"),
                    part(row, "device")).stripTrailing());
        }
    }

    private void memory() {
        var memory = session.service("memory");
        cell.say("tensors " + part(memory, "used") + ", kept for reuse " + part(memory, "cached") + ", limit "
                + part(memory, "limit"));
    }

    private static String part(Value row, String name) {
        var value = row.getMember(name);
        return value == null || value.isNull() ? "" : value.toString();
    }
}

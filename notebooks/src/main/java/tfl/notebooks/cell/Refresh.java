package tfl.notebooks.cell;

import java.util.ArrayList;
import java.util.stream.Collectors;
import tfl.notebooks.cell.Tracker.Ending;

/**
 * Brings the session to where running all cells from the top would, by running only those that read something else
 * than they would: each in the state that the cells above it leave. A cell whose inputs turn out equal after all is
 * left alone.
 */
final class Refresh {
    private final CellSession cell;
    private final Tracker tracker;

    Refresh(CellSession cell, Tracker tracker) {
        this.cell = cell;
        this.tracker = tracker;
    }

    /** Reruns up to the first cell that fails. */
    Outcome run() {
        var done = new ArrayList<Integer>();
        var outcome = new Outcome(Outcome.Status.DONE, cell.count(), null, 0);
        for (var each : tracker.cells().all()) {
            var state = tracker.cells().before(each.id());
            if (!tracker.cells().reasons(each, state).isEmpty()) {
                tracker.enter(state);
                done.add(each.number());
                cell.say("cell " + each.number() + ":");
                outcome = tracker.run(each.id(), each.number(), each.text(), () -> evaluate(each));
                if (!outcome.isDone()) {
                    break;
                }
            }
        }
        if (outcome.status() != Outcome.Status.EXITED) {
            tracker.enter(tracker.cells().before(null));
            say(done, outcome);
        }
        return outcome;
    }

    private void say(ArrayList<Integer> done, Outcome outcome) {
        var numbers = done.stream().map(String::valueOf).collect(Collectors.joining(", "));
        if (!outcome.isDone()) {
            cell.say("stopped at cell " + done.getLast() + "; " + tracker.cells().stale().size()
                    + " cells are still stale");
        } else {
            cell.say(done.isEmpty() ? "no cell is stale" : "reran " + (done.size() == 1 ? "cell " : "cells ")
                    + numbers + "; no cell is stale now");
        }
    }

    private Ending evaluate(CellRun run) {
        return cell.guarded(() -> {
            var value = cell.session().run(cell.source(run.text(), run.number()));
            cell.session().service("setLast", value);
            if (!value.isNull() && !run.text().stripTrailing().endsWith(";")) {
                cell.emit(new Output.Display(cell.bundle(value)));
            }
            return value;
        });
    }
}

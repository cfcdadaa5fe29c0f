package tfl.notebooks.file;

import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import tfl.notebooks.cell.CellSession;
import tfl.notebooks.cell.Outcome;
import tfl.notebooks.cell.Output;
import tfl.session.ExitStatus;
import tfl.session.Interrupts;
import tfl.session.Misuse;
import tfl.session.SessionOptions;

/** Runs the cells of a notebook file from the top, without Jupyter. */
final class NotebookRun {
    private final NotebookFile notebook;
    private final String name;
    private final long timeoutMillis;
    private final boolean goesOn;
    private final PrintWriter err;
    private final Map<Integer, Integer> counts = new LinkedHashMap<>();
    private final OutputLog log = new OutputLog();
    private volatile String stopped;

    /**
     * A run.
     *
     * @param name how errors name the notebook
     * @param timeoutMillis how long a cell may take; 0 for any time
     * @param goesOn whether a cell that fails does not end the run
     */
    NotebookRun(NotebookFile notebook, String name, long timeoutMillis, boolean goesOn, PrintWriter err) {
        this.notebook = notebook;
        this.name = name;
        this.timeoutMillis = timeoutMillis;
        this.goesOn = goesOn;
        this.err = err;
    }

    /** Runs all cells, or up to the first that fails; the exit status. */
    int run(SessionOptions options, Path folder) {
        try (var cells = new CellSession(options, InputStream.nullInputStream(), log::add, folder);
                var clock = Executors.newSingleThreadScheduledExecutor(work -> {
                    var thread = new Thread(work, "tfl-notebook-clock");
                    thread.setDaemon(true);
                    return thread;
                })) {
            Interrupts.handle(() -> {
                stopped = "interrupted";
                cells.interrupt();
            });
            int status = ExitStatus.DONE;
            for (int index = 0; index < notebook.cells().size() && stopped == null; index++) {
                var cell = notebook.cells().get(index);
                if (!cell.isCode()) {
                    continue;
                }
                if (cell.source().isBlank()) {
                    continue;
                }
                var alarm = timeoutMillis == 0 ? null : clock.schedule(() -> {
                    stopped = "no end after " + timeoutMillis / 1000.0 + " s";
                    cells.interrupt();
                }, timeoutMillis, TimeUnit.MILLISECONDS);
                var outcome = cells.run(cell.id() == null ? "#" + index : cell.id(), cell.source());
                if (alarm != null) {
                    alarm.cancel(false);
                }
                log.next();
                counts.put(index, outcome.count());
                if (outcome.status() == Outcome.Status.EXITED) {
                    return outcome.exit();
                }
                if (!outcome.isDone()) {
                    tell(index, outcome.failure());
                    status = stopped != null && stopped.equals("interrupted") ? ExitStatus.INTERRUPTED
                            : ExitStatus.FAILED;
                    if (!goesOn) {
                        break;
                    }
                }
            }
            return goesOn && stopped == null ? ExitStatus.DONE : status;
        } finally {
            err.flush();
        }
    }

    private void tell(int index, Output.Failure failure) {
        err.println("tfl: " + name + ": cell number " + (index + 1) + (stopped == null ? " failed" : ": " + stopped));
        failure.traceback().forEach(line -> err.println(line.replaceAll("\u001b\\[[0-9;]*m", "")));
    }

    /** The notebook's text with what the cells that ran show now, and the others as they were. */
    String text() {
        var shown = new LinkedHashMap<Integer, NotebookFile.Shown>();
        int place = 0;
        for (var entry : counts.entrySet()) {
            shown.put(entry.getKey(), new NotebookFile.Shown(entry.getValue(), log.json(place, entry.getValue())));
            place++;
        }
        return notebook.with(shown);
    }

    /**
     * Refuses a notebook of another language.
     *
     * @throws Misuse if it says that it is one
     */
    void check() {
        var language = notebook.language();
        if (language != null && !language.equals("tfl")) {
            throw new Misuse(name + " is a notebook of " + language + ", not of TFL");
        }
    }
}

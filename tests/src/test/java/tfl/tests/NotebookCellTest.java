package tfl.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tfl.notebooks.cell.CellSession;
import tfl.notebooks.cell.Outcome;
import tfl.notebooks.cell.Output;
import tfl.session.SessionOptions;

/** What one cell after the other shows. */
class NotebookCellTest {
    private final List<Output> shown = Collections.synchronizedList(new ArrayList<>());
    private final CellSession cells = new CellSession(SessionOptions.DEFAULT, InputStream.nullInputStream(),
            shown::add);

    @AfterEach
    void close() {
        cells.close();
    }

    private List<Output> run(String text) {
        shown.clear();
        cells.run(null, text);
        return List.copyOf(shown);
    }

    private String value(String text) {
        return assertInstanceOf(Output.Result.class, run(text).getLast()).data().get("text/plain");
    }

    @Test
    void aValueIsShownAndIsAns() {
        assertEquals("3", value("x = 1 + 2"));
        assertEquals("30", value("ans * 10"));
        assertEquals(List.of(), run("x * 2;"));
        assertEquals("7", value("ans + 1"));
        assertEquals(List.of(), run("none"));
        assertEquals("7", value("ans"));
    }

    @Test
    void printedTextComesFirstAndWhole() {
        assertEquals(List.of(new Output.Stream("stdout", "å 1\nå 2\n")), run("print(\"å 1\")\nprint(\"å 2\");"));
        assertInstanceOf(Output.Stream.class, run("print(1)\n2").getFirst());
    }

    @Test
    void anErrorPointsAtTheCell() {
        run("y = 1");
        var failure = assertInstanceOf(Output.Failure.class, run("nothing + y").getLast());
        assertEquals("TFL-E0150", failure.name());
        var report = String.join("\n", failure.traceback());
        assertTrue(report.contains("<cell 2>") && report.contains("\u001b["), report);
    }

    @Test
    void theSessionLivesOnAfterAnInterrupt() throws InterruptedException {
        run("kept = 7;");
        var outcomes = new ArrayList<Outcome>();
        var runner = new Thread(() -> outcomes.add(cells.run("b", "while true { }")));
        runner.start();
        Thread.sleep(300);
        assertTrue(cells.interrupt());
        runner.join();
        assertEquals(Outcome.Status.INTERRUPTED, outcomes.getFirst().status());
        assertEquals("7", value("kept"));
    }
}

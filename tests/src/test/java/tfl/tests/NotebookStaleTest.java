package tfl.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tfl.notebooks.cell.CellSession;
import tfl.notebooks.cell.Outcome;
import tfl.notebooks.cell.Output;
import tfl.session.SessionOptions;

/** Which cells are stale after cells were changed, and what making them exact gives. */
class NotebookStaleTest {
    private static final int NOTEBOOKS = 80;
    private final List<Output> shown = Collections.synchronizedList(new ArrayList<>());
    private final CellSession cells = session(shown);

    private static CellSession session(List<Output> shown) {
        return new CellSession(SessionOptions.DEFAULT, InputStream.nullInputStream(), shown::add);
    }

    @AfterEach
    void close() {
        cells.close();
    }

    /** Runs cells written {@code id: text | id: text}; a line break in a text is written as an arrow. */
    private void run(String runs) {
        for (var run : runs.split(" \\| ")) {
            int colon = run.indexOf(':');
            cells.run(run.substring(0, colon).strip(), run.substring(colon + 1).strip().replace("⏎", "\n"));
        }
    }

    private String stale(boolean direct) {
        return cells.stale().stream().filter(each -> each.direct() == direct).map(each -> each.id())
                .collect(Collectors.joining(" "));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = ';', nullValues = "-", value = {
        // A change of what another reads; what depends on a stale cell perhaps changes too.
        "a: w = 1 | b: y = w + 1 | a: w = 2                               ; b   ; -",
        "a: w = 1 | b: y = w + 1 | c: z = y | a: w = 2                    ; b   ; c",
        "a: w = 1 | b: y = 2 | a: w = 2                                   ; -   ; -",
        "a: w = 1 | b: y = w + 1 | a: w = 2 | b: y = w + 1                ; -   ; -",
        "a: w = 1 | b: y = w | c: z = y | a: w = 2 | b: y = w             ; c   ; -",
        // Equal values change nothing.
        "a: w = 1 | b: y = w + 1 | a: w = 3 - 2                           ; -   ; -",
        "a: w = 1 | b: y = w + 1 | a: w = 2 | a: w = 1                    ; -   ; -",
        "a: w = 1 | b: y = w + 1 | a: w = 1.0                             ; b   ; -",
        "a: w = [1.0, nan] | b: y = w + 1 | a: w = [1.0, nan]             ; -   ; -",
        "a: w = 0.0 | b: y = w + 1 | a: w = -0.0                          ; b   ; -",
        "a: w = {k: (1, \"x\")} | b: y = w.k | a: w = {k: (1, \"x\")}     ; -   ; -",
        "a: w = 1 | b: y = w | c: z = y | a: w = 2 | b: y = 1             ; -   ; -",
        // Functions look definitions up when they are called.
        "a: fn f(x) = x | b: y = f(1) | a: fn f(x) = x + 1                ; b   ; -",
        "a: fn f(x) = x | b: y = f(1) | a: fn f(x) = x                    ; -   ; -",
        "a: fn g(x) = x | b: fn f(x) = g(x) | c: y = f(1) | a: fn g(x) = 2 ; c  ; -",
        "a: fn g(x) = x | b: fn f(x) = g(x) | c: y = (f,) | d: y[0](1) | a: fn g(x) = 2 ; c d ; -",
        "a: fn g(x) = x | b: fn f(x) = g(x) | c: h = grad(f) | d: h(1.0) | a: fn g(x) = 2 * x ; c d ; -",
        "a: fn f(x) = x | b: fn f(x) = 2 ⏎ y = f(1) | a: fn f(x) = 3      ; -   ; -",
        "a: struct P(v) | b: p = P(1) | a: struct P(v)                    ; b   ; -",
        "a: fn g(x) = x | b: struct P(v) { fn call(self) = g(self.v) } | c: p = P(1) | d: p() "
                + "| a: fn g(x) = 2 ; c d ; -",
        // Functions capture variables.
        "a: k = 1 | b: fn f(x) = x + k | c: y = f(1) | a: k = 2           ; b   ; c",
        "a: k = 1 | b: fs = (x -> x + k,) | c: y = fs[0](1) | a: k = 2    ; b   ; c",
        // Names that mean something else now.
        "a: x = sum([1, 2]) | b: y = 1 | a: x = sum([1, 2])               ; -   ; -",
        "n: 1 | a: x = sum([1, 2]) | n: fn sum(x) = 0                     ; a   ; -",
        "n: 1 | a: x = [1, 2].sum() | n: fn sum(x) = 0                    ; a   ; -",
        "n: 1 | a: fn f(x) = sum(x) | b: y = f([1]) | n: fn sum(x) = 0    ; a   ; b",
        "n: 1 | i: import nn | a: x = nn.relu(1.0) | n: fn relu(x) = 0    ; -   ; -",
        "n: 1 | a: fn f(x) = x + k | b: k = 1 | c: f(1) | n: k = 5        ; a   ; c",
        // Deleted and renamed definitions.
        "a: w = 1 | b: y = w | a: v = 1                                   ; b   ; -",
        "a: w = 1 | b: y = w | a: v = 1 | a: w = 1                        ; -   ; -",
        "a: w = 1 | b: w = 2 | c: y = w | b: v = 2                        ; c   ; -",
        "a: x = 1 | b: y = u | a: u = 2                                   ; b   ; -",
        // A cell reads what those above it left, whatever ran since.
        "a: x = 1 | b: y = x | c: x = 9 | b: y = x                        ; b   ; -",
        "a: x = 1 | b: x = x + 1                                          ; -   ; -",
        "a: x = 1 | b: x = x + 1 | b: x = x + 1                           ; b   ; -",
        "a: x = 1 | b: x = x + 1 | a: x = 1                               ; -   ; -",
        "a: x = 1 | b: x = x + 1 | c: y = x | a: x = 1 | c: y = x         ; c   ; -",
        "a: x = 1 | b: x += 1 | a: x = 5                                  ; b   ; -",
        "a: x = [1, 2] | b: x[0] = 7 | c: y = x | a: x = [1, 3]           ; b   ; c",
        // Bound in branches and loops.
        "a: c = true | b: w = 1 | d: if c { w = 2 } | e: y = w | a: c = false ; d ; e",
        "a: w = 1 | b: for i in 0..3 { } | c: i = 7 | a: w = 2            ; -   ; -",
        "a: i = 5 | b: for i in 0..0 { } | c: y = i | a: i = 6            ; c   ; -",
        "a: i = 5 | b: for i in 0..2 { } | c: y = i | a: i = 6            ; -   ; -",
        // The last value is a value, too.
        "a: 1 + 1 | b: y = ans | a: 1 + 2                                 ; b   ; -",
        "a: 1 + 1 | b: y = ans | a: 3 - 1                                 ; -   ; -",
        // Random numbers.
        "a: x = rand() | b: y = rand() | a: x = rand()                    ; -   ; -",
        "a: x = rand() | b: y = rand() | a: x = rand() + rand()           ; b   ; -",
        "a: x = rand() | b: seed(3) ⏎ y = rand() | a: x = rand() + rand() ; -   ; -",
        "a: seed(1) | b: y = rand() | a: seed(2)                          ; b   ; -",
        // Failures.
        "a: w = 1 | b: y = w | a: error(\"no\")                           ; b   ; -",
        "a: w = 1 | b: y = w + [1, 2] + [1, 2, 3] | a: w = 1              ; -   ; -",
        "a: w = 1 | b: y = w | a: w = (                                   ; -   ; -"})
    void whichCellsAreStale(String runs, String direct, String inherited) {
        run(runs);
        assertEquals(direct == null ? "" : direct.strip(), stale(true));
        assertEquals(inherited == null ? "" : inherited.strip(), stale(false));
        cells.run("", "%stale run");
        boolean failed = shown.stream().anyMatch(Output.Failure.class::isInstance);
        assertTrue(failed || cells.stale().isEmpty(), () -> cells.stale().toString());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = ';', value = {
        "a: w = 1 | b: y = w | a: w = 2                ; it read `w`, which cell 3 has changed since",
        "a: w = 1 | b: y = w | a: v = 2                ; it reads `w`, which no cell above defines any more",
        "a: x = 1 | b: y = x | c: x = 9 | b: y = x     ; it read `x` of cell 3, not of cell 1",
        "a: x = 1 | b: x = x + 1 | b: x = x + 1        ; it read `x` as its own earlier run left it",
        "n: 1 | a: sum([1, 2]) | n: fn sum(x) = 0      ; it uses `sum`, which cell 3 defines now",
        "n: 1 | a: fn f(x) = sum(x) | n: fn sum(x) = 0 ; its functions use `sum`, which means something else now",
        "a: rand() | b: rand() | a: rand((2, 3))       ; its random numbers begin elsewhere, as a cell above draws "
                + "more or fewer"})
    void theReasonIsTold(String runs, String reason) {
        run(runs);
        assertEquals(List.of(reason.strip()), cells.stale().getFirst().reasons());
        var notice = (Output.Display) shown.getLast();
        assertTrue(notice.data().get("text/plain").startsWith("stale: cell"), notice::toString);
        assertTrue(notice.data().get("application/vnd.tfl.stale+json").startsWith("{\"stale\":[{\"cell\":"));
    }

    @Test
    void rerunRunsExactlyThose() {
        run("a: w = 1 | b: print(\"b\") ⏎ y = w + 1; | c: print(\"c\") ⏎ z = y; | d: print(\"d\") ⏎ w | e: print(\"e\")"
                + " | a: w = 2");
        shown.clear();
        cells.run("", "%stale run");
        assertEquals("""
                cell 2:
                b
                cell 3:
                c
                cell 4:
                d
                2
                reran cells 2, 3, 4; no cell is stale now
                """, text());
        shown.clear();
        cells.run("", "%stale run");
        assertEquals("no cell is stale\n", text());
    }

    @Test
    void whatTurnsOutEqualIsNotCarriedOn() {
        run("a: w = 1 | b: y = w * 0 | c: print(\"c\") ⏎ z = y | a: w = 2");
        assertEquals("c", stale(false));
        shown.clear();
        cells.run("", "%stale run");
        assertEquals("cell 2:\nreran cell 2; no cell is stale now\n", text().replace("0\n", ""));
    }

    @Test
    void aModuleThatChangedOnDiskIsReadAnew(@TempDir Path folder) throws IOException {
        var file = Files.writeString(folder.resolve("m.tfl"), "fn f(x) = x + 1\nk = 1\n");
        run("a: import \"" + file + "\" as m | b: y = m.f(1) | c: from \"" + file + "\" import f "
                + "| d: z = f(1) | e: w = 1");
        assertEquals("", stale(true));
        Files.writeString(file, "fn f(x) = x + 10\nk = 1\n");
        run("e: w = 1");
        assertEquals("b d", stale(true));
        cells.run("", "%stale run");
        assertEquals("definition", cells.session().service("binding", "m").getMember("kind").asString());
        assertEquals("(11, 11)", cells.evaluate("(y, z)").get("text/plain"));
    }

    @Test
    void aDeletedCellIsMissed() {
        run("a: w = 1 | b: y = w");
        cells.forget(List.of("a"));
        assertEquals("[it reads `w`, which no cell above defines any more]",
                cells.stale().getFirst().reasons().toString());
        run("c: w = 1");
        cells.order(List.of("c", "b"));
        assertEquals(List.of(), cells.stale());
    }

    @Test
    void undoReturnsToBeforeTheCell() {
        run("a: w = 1 | b: y = w + rand() | a: w = 2");
        var before = state(cells);
        run("a: w = 3 ⏎ v = rand() ⏎ fn f(x) = x");
        run("c: del = 1 | u: %undo | u: :undo");
        assertEquals(before, state(cells));
        assertEquals("b", stale(true));
        run("u: %undo");
        assertEquals("", stale(true));
        for (int i = 0; i < 3; i++) {
            run("u: %undo");
        }
        assertTrue(text().endsWith("nothing to undo\n"), text());
        assertEquals("{}", bindings(cells).toString());
    }

    private String text() {
        return shown.stream().map(each -> switch (each) {
            case Output.Stream stream -> stream.text();
            case Output.Display display -> display.data().get("text/plain") + "\n";
            case Output.Result result -> result.data().get("text/plain") + "\n";
            case Output.Failure failure -> failure.message() + "\n";
            case Output.Clear _ -> "";
        }).collect(Collectors.joining());
    }

    // Whatever is done in whatever order, rerunning what is stale gives what a run from the top gives.

    private static final List<String> TEXTS = List.of("a = 1", "a = 2", "b = a + 1", "b = a * a", "c = a + b",
            "a = a + 1", "a += b", "c = f(a)", "c = g(2)", "fn f(x) = x + 1", "fn f(x) = x * a", "fn f(x) = g(x) + 1",
            "fn g(x) = x * 3", "fn g(x) = x - a", "f = x -> x * b", "h = (f, a)", "c = h[0](h[1])", "h = grad(f)",
            "c = h(1.0)", "c = map(f, (1, 2))", "b = rand()", "a = randint(0, 3, (2, 2))", "seed(5)", "c = ans",
            "if a == 1 { b = 7 }", "for i in 0..2 { c = i }", "for i in 0..0 { c = i }", "for i in 0..3 { a = a + i }",
            "struct S(v) { fn get(self) = f(self.v) }", "h = S(a)", "c = h.get()", "a = [1.0, 2]", "a[0] = b",
            "(a, b) = (b, a)", "try { c = f(1) } catch e { c = 0 }", "b + 1", "c = a.f()", "fn sum(x) = 0",
            "c = sum([1, 2])", "fn f(x) { y = sum([x, a]) ⏎ y }", "a = 1 ⏎ b = rand() ⏎ fn f(x) = x + b",
            "{a, b} = {a: 1, b: 2}", "c = graph(f)(2.0)", "a = none", "a = b.x");

    @Test
    void anyHistoryMadeExactIsARunFromTheTop() {
        var random = new Random(20);
        int compared = 0;
        int stale = 0;
        var ignored = Collections.synchronizedList(new ArrayList<Output>());
        try (var fresh = session(ignored)) {
            for (int i = 0; i < NOTEBOOKS; i++) {
                start(cells);
                var texts = new TreeMap<String, String>();
                for (int cell = 0; cell < 4; cell++) {
                    edit(texts, "" + cell, random);
                }
                for (int step = 0; step < 6; step++) {
                    edit(texts, "" + random.nextInt(Math.min(9, texts.size() + 1)), random);
                }
                stale += cells.stale().size();
                if (cells.run("", "%stale run").status() == Outcome.Status.DONE) {
                    compared++;
                    start(fresh);
                    texts.forEach(fresh::run);
                    int number = i;
                    assertEquals(state(fresh), state(cells), () -> "notebook " + number + ": " + texts);
                    assertEquals(List.of(), cells.stale());
                    assertEquals(List.of(), fresh.stale());
                }
            }
        }
        assertTrue(compared > NOTEBOOKS / 4 && stale > NOTEBOOKS / 2, compared + " compared, " + stale + " stale");
    }

    private static void start(CellSession session) {
        session.session().service("setGenerator", 7L, 0L);
        session.run("", "%reset");
    }

    private void edit(Map<String, String> texts, String id, Random random) {
        boolean again = texts.containsKey(id) && random.nextInt(3) == 0;
        var text = again ? texts.get(id) : TEXTS.get(random.nextInt(TEXTS.size())).replace("⏎", "\n");
        texts.put(id, text);
        cells.run(id, text);
        if (random.nextInt(12) == 0) {
            cells.run("", "%stale run");
        }
    }

    private static String state(CellSession session) {
        return bindings(session) + " " + session.session().service("generator").getMember("block").asLong() + " "
                + session.session().service("generator").getMember("key").asLong();
    }

    private static Map<String, String> bindings(CellSession session) {
        var rows = session.session().service("vars");
        var values = new TreeMap<String, String>();
        for (long i = 0; i < rows.getArraySize(); i++) {
            var name = rows.getArrayElement(i).getMember("name").asString();
            var row = session.session().service("binding", name);
            values.put(name, row.getMember("kind").asString() + " "
                    + session.session().service("display", row.getMember("value"), 100, false).asString());
        }
        return values;
    }
}

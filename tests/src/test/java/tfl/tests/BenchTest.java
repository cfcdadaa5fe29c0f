package tfl.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code tfl bench} as its user sees it. */
class BenchTest {
    private static final String PROGRAM = """
            bench "sum" {
              x = ones((4, 25))
              measure(() -> sum(x), seconds=0.01)
            }
            bench "steps" { measure(s -> {n: s.n + 1.0}, state={n: 0.0}, check=s -> s.n, seconds=0.01) }
            bench = 3
            print("the file runs", bench)
            """;

    @TempDir
    Path folder;

    private TflProcess tfl(String... words) throws IOException, InterruptedException {
        return TflProcess.run(List.of(words), "", Map.of(), folder);
    }

    private void program(String text) throws IOException {
        Files.writeString(folder.resolve("program.tfl"), text);
    }

    @Test
    void aNormalRunAndTestsLeaveBenchmarksAlone() throws Exception {
        program(PROGRAM + "test \"it\" { assert true }\n");
        var run = tfl("program.tfl");
        assertEquals("the file runs 3\n", run.output(), run.errors());
        assertTrue(tfl("test", "program.tfl").output().endsWith("1 passed, 0 failed\n"));
        assertEquals(0, tfl("check", "program.tfl").status());
    }

    @Test
    void aMeasurementIsALineForPeopleAndOneOfJson() throws Exception {
        program(PROGRAM);
        var run = tfl("bench", "program.tfl", "--filter", "su", "--graph", "--patience", "0", "--json", "out.json");
        assertEquals(0, run.status(), run.errors());
        assertTrue(run.output().startsWith("benchmark "), run.output());
        var line = Files.readString(folder.resolve("out.json"));
        assertTrue(line.matches("\\{\"workload\": \"sum\", \"peer\": \"tfl-graph\", \"median_ms\": [0-9.E-]+, "
                + "\"min_ms\": [0-9.E-]+, \"p90_ms\": [0-9.E-]+, \"iters\": [0-9]+, \"other_cores\": [0-9.E-]+, "
                + "\"attempts\": 1, \"first_call_ms\": [0-9.]+, \"first_call_other_cores\": [0-9.E-]+, "
                + "\"compile_ms\": [0-9.]+, \"checksum\": 100.0, \"checksum_abs\": 100.0, \"peak_rss_mb\": [0-9.]+, "
                + "\"warmup_ms\": [0-9.]+, \"kernels\": 1, \"flops\": 100, \"bytes\": 404, "
                + "\"gflop_s\": [0-9.E-]+, \"gb_s\": [0-9.E-]+\\}\n")
                || line.contains("\"checksum\": 137"), line);
    }

    @Test
    void resultsAreComparedWithOlderOnes() throws Exception {
        program(PROGRAM);
        Files.writeString(folder.resolve("old.json"), """
                {"results": [
                  {"workload": "steps", "peer": "tfl-eager", "median_ms": 1e9, "min_ms": 1e9, "p90_ms": 1e9}
                 ]}
                """);
        var run = tfl("bench", "--one", "steps", "--compare", "old.json", "program.tfl", "--patience", "0");
        assertEquals(0, run.status(), run.errors());
        assertTrue(run.output().matches("(?s).*\nsteps +eager +1000000\\.000 s .* faster.*"), run.output());
    }

    @Test
    void aStepIsSummedUpOverItsFirstThreeResults() throws Exception {
        program(PROGRAM);
        var run = tfl("bench", "--once", "program.tfl");
        assertTrue(run.output().contains("steps                            eager  ran once, checksum "
                + (1 + 2 * 1.125 + 3 * 1.25) + "\n"), run.output() + run.errors());
    }

    @Test
    void mistakesEndWithOne() throws Exception {
        program("bench \"a\" { measure(() -> no()) }\nfn no() = error(\"no\")\nbench \"b\" { 1 }\n"
                + "bench \"c\" { measure(() -> 1, seconds=0.01); measure(() -> 1) }\nbench \"d\" { measure(1) }");
        var run = tfl("bench", "--once", "program.tfl");
        assertEquals(1, run.status());
        for (var part : List.of("error: no\n", "TFL-E0680", "TFL-E0681", "measured nothing", " --> ")) {
            assertTrue(run.errors().contains(part), run.errors());
        }
        assertTrue(run.output().contains("d                                eager  failed"), run.output());
    }

    @Test
    void misuseEndsWithTwo() throws Exception {
        program("print(1)");
        assertMisuse("there is no bench block in program.tfl", "bench", "program.tfl");
        program("bench \"a\" { measure(() -> 1) }\nbench \"a\" { measure(() -> 2) }");
        assertMisuse("program.tfl has two benchmarks \"a\"", "bench", "program.tfl");
        program(PROGRAM);
        assertMisuse("no benchmark has `zz` in its name", "bench", "program.tfl", "--filter", "zz");
        assertMisuse("there is no benchmark `zz`", "bench", "program.tfl", "--one", "zz");
        assertMisuse("`--patience` needs seconds, not `long`", "bench", "program.tfl", "--patience", "long");
    }

    private void assertMisuse(String says, String... words) throws Exception {
        var run = tfl(words);
        assertEquals("tfl: " + says, run.errors().lines().findFirst().orElse(""), run.output());
        assertEquals(2, run.status());
    }
}

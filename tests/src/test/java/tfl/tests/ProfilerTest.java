package tfl.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code --cpusampler} and {@code --cputracer}, on a program whose hot function is known. */
class ProfilerTest {
    private static final String PROGRAM = """
            import nn

            fn hot(n) {
              total = 0
              for i in 0..n { total = (total * 31 + i) % 1000003 }
              total
            }
            fn product(x) = x @ x
            struct Model(w) {
              fn call(self, x) = nn.mse(x, self.w)
            }

            x = ones((900, 900)) / 900
            model = Model(x)
            for k in 0..10 {
              t = hot(300_000)
              y = product(x)
              for j in 0..2 { z = model(x) }
            }
            print(t, y.shape)
            """;

    private static final String HOT = PROGRAM.substring(PROGRAM.indexOf("fn hot"), PROGRAM.indexOf("\nfn product"));

    private static final String METHOD = PROGRAM.lines().skip(9).findFirst().orElseThrow().strip();

    @TempDir
    Path folder;

    @BeforeEach
    void write() throws Exception {
        Files.writeString(folder.resolve("program.tfl"), PROGRAM);
    }

    private TflProcess run(String flag) throws Exception {
        var ended = TflProcess.run(List.of(flag, "program.tfl"), "", Map.of(), folder);
        assertEquals(0, ended.status(), ended.errors());
        assertEquals("78778 (900, 900)\n", ended.output());
        return ended;
    }

    /** The number in the first column of the row of a function, whose place is that part of the program. */
    private static int number(String table, String function, int line, String part) {
        long lines = part.lines().count();
        int start = PROGRAM.indexOf(part);
        String place = line + (lines == 1 ? "" : "-" + (line + lines - 1)) + ":" + start + "-"
                + (start + part.length() - 1);
        var row = Pattern.compile("(?m)^ " + Pattern.quote(function) + " +\\|+ +(\\d+).* program.tfl~"
                + Pattern.quote(place) + " *$").matcher(table);
        assertTrue(row.find(), function + " " + place + ": " + table);
        return Integer.parseInt(row.group(1));
    }

    @Test
    void theSamplerSaysWhereTimeGoes() throws Exception {
        String table = run("--cpusampler").errors();
        int all = number(table, "<module>", 1, PROGRAM);
        int hot = number(table, "hot", 3, HOT);
        assertTrue(hot > all / 20 && hot <= all, table);
        // The library's own functions are the caller's affair.
        assertTrue(!table.contains(" mse "), table);
    }

    /** One call of LAPACK, and kernels of many parts, which the sampler looks into as often as into other work. */
    @Test
    void theSamplerLooksIntoKernels() throws Exception {
        Files.writeString(folder.resolve("program.tfl"), """
                import linalg
                fn decompose(x) = linalg.eigvals(x)
                fn waves(x) = exp(sin(x) * cos(x) + tanh(x))
                (x, y) = (asarray(rand((400, 400)), dtype=f64), rand((10_000_000,)))
                for k in 0..5 { decompose(x); waves(y) }
                """);
        var ended = TflProcess.run(List.of("--cpusampler", "program.tfl"), "", Map.of(), folder);
        assertEquals(0, ended.status(), ended.errors());
        var samples = Pattern.compile("Recorded (\\d+) samples.* Missed (\\d+) ").matcher(ended.errors());
        assertTrue(samples.find(), ended.errors());
        // One of a hundred is recorded without looking; a busy machine may miss as many as it records.
        int missed = Integer.parseInt(samples.group(2));
        assertTrue(4 * Integer.parseInt(samples.group(1)) > missed, ended.errors());
    }

    /** The sampler stops each thread every few milliseconds, also those that wait for each other. */
    @Test
    void theSamplerDisturbsNoPipeline() throws Exception {
        Files.writeString(folder.resolve("program.tfl"), """
                import data
                total = 0
                for x in data.range(20_000).map(x -> x * 2, parallel=2).prefetch(1) { total = total + x }
                print(total)
                """);
        var ended = TflProcess.run(List.of("--cpusampler", "program.tfl"), "", Map.of(), folder);
        assertEquals("399980000\n", ended.output(), ended.errors());
    }

    @Test
    void theTracerCountsCalls() throws Exception {
        String table = run("--cputracer").errors();
        assertEquals(10, number(table, "hot", 3, HOT));
        assertEquals(10, number(table, "product", 8, "fn product(x) = x @ x"));
        assertEquals(20, number(table, "Model.call", 10, METHOD));
    }

    @Test
    void aFlameGraphIsAPicture() throws Exception {
        var ended = run("--cpusampler=flame.svg");
        var picture = Files.readString(folder.resolve("flame.svg"));
        assertTrue(picture.startsWith("<?xml") && picture.contains("<svg") && picture.contains("hot"),
                ended.errors());
    }
}

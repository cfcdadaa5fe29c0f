package tfl.tests;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How the {@code tfl} command ends: 0 done, 1 the program failed, 2 misuse; and never with a Java trace. */
class CommandLineTest {
    private static final String KERNELS = "x = ones((1000, 300)); print(sum(tanh(x) * 0 + 1))";
    private static final String STATES = """
            f = graph((p, q, r) -> (p * 2, q * 2, r * 2), wait=true)
            n = 2048
            (p, q, r) = (ones((n, n)), ones((n, n)), ones((n, n)))
            new = p
            for _ in 0..3 { (GIVEN) = f(p, q, r) }
            print(q[0, 0])
            """;
    private static final String NOWHERE = "/proc/tfl";

    @TempDir
    Path folder;

    /** @param says a part of standard output and errors together */
    private record Row(String name, int status, String says, String input, Map<String, String> environment,
            List<String> words) {
        Row(int status, String says, String... words) {
            this(String.join(" ", words), status, says, "", Map.of(), List.of(words));
        }
    }

    @TestFactory
    Stream<DynamicTest> ends() throws IOException {
        Files.writeString(folder.resolve("script.tfl"), "print(__args__)\nerror(\"stopped\")\n");
        Files.write(folder.resolve("binary.tfl"), new byte[] {(byte) 0xff, (byte) 0xfe, 0, 1});
        Files.writeString(folder.resolve("odd.tfl"), "x   =  [1,2\n");
        return Stream.of(
                new Row(0, "3\n", "-e", "print(1 + 2)"),
                new Row(7, "", "-e", "exit(7)"),
                new Row(1, "error: stopped\n --> script.tfl:2:1", "script.tfl", "a", "b"),
                new Row(2, "tfl: there is no file missing.tfl", "missing.tfl"),
                new Row(2, "tfl: binary.tfl is not UTF-8 text", "binary.tfl"),
                new Row(2, "tfl: there is no command or file `nonsense`", "nonsense"),
                new Row(2, "--nonsense", "--nonsense"),
                new Row(2, "--seed", "--seed", "soon", "-e", "1"),
                new Row(2, "nowhere", "--device", "nowhere", "-e", "print(ones((2,)))"),
                new Row(1, "odd.tfl", "check", "odd.tfl"),
                new Row(0, "Sampling Histogram", "--cpusampler", "-e", "print(sum(tanh(ones((1000, 300)))))"),
                new Row(2, "tfl: `--dap=80`: a port is 0 or a number from 1024", "--dap=80", "-e", "print(1)"),
                new Row(2, "tfl: `--cpusampler=x.txt`: a profile is written as .svg or .json", "--cpusampler=x.txt",
                        "-e", "print(1)"),
                new Row(0, "ok       --dap        there", "doctor"),
                new Row(0, "ok       fonts", "doctor"),
                new Row("a cache that can be written", 0, "/doctors-cache: 0 kernels, 0 programs", "",
                        Map.of("TFL_CACHE", folder.resolve("doctors-cache").toString()), List.of("doctor")),
                new Row("a cache that cannot be written", 0, "warning  cache        " + NOWHERE, "",
                        Map.of("TFL_CACHE", NOWHERE), List.of("doctor")),
                new Row("standard input", 1, " --> <standard input>:2:7\n", "x = 1\nprint(y)\n", Map.of(),
                        List.of("-")),
                new Row("little memory", 1, "code: TFL-E0292", "", Map.of("TFL_MEMORY", "4M"),
                        List.of("-e", "zeros((1000, 1000, 10)) + 1")),
                new Row("arguments written over", 0, "8.0\n", "", Map.of("TFL_MEMORY", "80M"),
                        List.of("-e", STATES.replace("new = p\n", "").replace("GIVEN", "p, q, r"))),
                new Row("arguments that are kept", 1, "code: TFL-E0292", "", Map.of("TFL_MEMORY", "80M"),
                        List.of("-e", STATES.replace("GIVEN", "new, q, r"))),
                new Row("a limit that is none", 1, "code: TFL-E0278", "", Map.of("TFL_MEMORY", "lots"),
                        List.of("-e", "print(1)")),
                new Row("a home that cannot be written", 0, "300000.0\n", "", Map.of("TFL_CACHE", "", "XDG_CACHE_HOME",
                        NOWHERE, "XDG_STATE_HOME", NOWHERE, "XDG_CONFIG_HOME", NOWHERE), List.of("-e", KERNELS)))
                .map(row -> DynamicTest.dynamicTest(row.name(), () -> check(row)));
    }

    private void check(Row row) throws IOException, InterruptedException {
        var ended = TflProcess.run(row.words(), row.input(), row.environment(), folder);
        String all = ended.output() + ended.errors();
        assertAll(() -> assertEquals(row.status(), ended.status(), all), () -> assertTrue(all.contains(row.says()),
                all),
                () -> assertFalse(all.contains("\tat "), all), () -> assertFalse(all.contains("bug in TFL"), all));
    }

    /** A limit of the size of files makes each write fail, as on a full disk. */
    @Test
    void aFullDiskForTheKernelCacheIsNoError() throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of("/bin/bash", "-c",
                "(ulimit -f 0; exec \"$@\") 2>&1 | cat; exit ${PIPESTATUS[0]}",
                "bash"));
        command.addAll(TflProcess.command(List.of("-e", KERNELS)));
        var out = folder.resolve("out");
        var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(out.toFile());
        builder.environment().put("TFL_CACHE", folder.resolve("cache").toString());
        int status = builder.start().waitFor();
        String all = Files.readString(out);
        assertEquals(0, status, all);
        assertTrue(all.contains("300000.0\n"), all);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "print(\"begun\")\nn = 0\nwhile true { n = (n + 1) % 7 }",
        "a = ones((6000, 6000)) / 2\nprint(\"begun\")\nwhile true { a @ a }",
        "x = ones((64, 64, 112, 112))\nw = ones((64, 64, 3, 3))\nprint(\"begun\")\nwhile true { conv(x, w) }",
        "x = ones((1, 256, 512, 512))\nw = ones((256, 256, 15, 15))\nprint(\"begun\")\nconv(x, w)",
        "import io\nx = ones((30000000,))\nprint(\"begun\")\nwhile true { io.save(\"FOLDER/x.npy\", x) }",
        "a = ones((3000, 1000))\nprint(\"begun\")\nwhile true { a = a * 1.5 + a[0]; a[0] = 1 }",
    })
    void anInterruptEndsAProgram(String program) throws IOException, InterruptedException {
        var out = folder.resolve("out");
        // Whoever started the tests in the background had interrupts ignored, and children inherit that.
        var command = new ArrayList<>(List.of("/usr/bin/env", "--default-signal=INT"));
        command.addAll(TflProcess.command(List.of("-e", program.replace("FOLDER", folder.toString()))));
        var process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(out.toFile()).start();
        try {
            for (int i = 0; i < 600 && !Files.readString(out).contains("begun"); i++) {
                Thread.sleep(100);
            }
            new ProcessBuilder("/bin/kill", "-INT", Long.toString(process.pid())).start().waitFor();
            assertTrue(process.waitFor(20, TimeUnit.SECONDS), "it goes on");
            assertEquals(130, process.exitValue());
            assertEquals("begun\ninterrupted\n", Files.readString(out));
        } finally {
            process.destroyForcibly();
        }
    }
}

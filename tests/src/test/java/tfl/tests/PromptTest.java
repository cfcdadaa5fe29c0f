package tfl.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The prompt on a real terminal, which {@code script} of util-linux provides. */
class PromptTest {
    private static final Path SCRIPT = Path.of("/usr/bin/script");
    private static final Pattern CONTROLS = Pattern.compile("\u001b\\[[0-9;?]*[ -/]*[@-~]|\u001b[=>()][0-9A-B]?|\r");
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(60);
    @TempDir
    private Path home;
    private Process process;
    private OutputStream keyboard;
    private InputStream screen;
    private final StringBuilder seen = new StringBuilder();

    @BeforeEach
    void start() throws IOException {
        assumeTrue(Files.isExecutable(SCRIPT), "there is no " + SCRIPT);
        var command = TflProcess.command(List.of()).stream().map(word -> "'" + word + "'")
                .collect(Collectors.joining(" "));
        var builder = new ProcessBuilder(SCRIPT.toString(), "-qec", "stty cols 100 rows 40; exec " + command,
                "/dev/null")
                .directory(home.toFile()).redirectErrorStream(true);
        builder.environment().put("TERM", "xterm");
        builder.environment().put("XDG_STATE_HOME", home.toString());
        builder.environment().put("XDG_CONFIG_HOME", home.toString());
        process = builder.start();
        keyboard = process.getOutputStream();
        screen = process.getInputStream();
        waitFor("tfl> ");
    }

    @AfterEach
    void stop() {
        if (process != null) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    @Test
    void aSession() throws IOException, InterruptedException {
        enter("x = [[1.0, 2], [3, 4]];", "tfl> ");
        enter("x @ x", "f32[2, 2] cpu 16 B", "[15.0, 22.0]]");
        enter("fn f(a) {", "...> ");
        enter("a + 1 }", "tfl> ");
        enter("f(2)", "3");
        enter("ans * 10", "30");
        enter("x + [1, 2, 3]", "error: ", "x: f32[2, 2]");
        enter("y = 5;", "tfl> ");
        enter(":vars", "x  ", "tensor", "(2, 2)", "f32", "16 B");
        enter(":undo", "undone");
        enter("y", "unknown name `y`");
        enter("seed(5);", "tfl> ");
        enter("a0 = rand(());", "tfl> ");
        enter(":undo", "undone: a0");
        enter("b0 = rand(());", "tfl> ");
        enter("seed(5);", "tfl> ");
        enter("rand(()) == b0", "true");
        enter("?sum", "sum(x, axis=none");
        enter("\\alpha\t = 2;", "tfl> ");
        enter("α + 1", "3");
        enter("x.sha\t", "(2, 2)");
        enter(":time 1 + 1", "2", "s");
        enter(":timeit c = c + 1", "c has no value yet");
        enter("c = 0;", "tfl> ");
        enter(":timeit c = c + 1", "a run (median of", "the first run, which compiles, took");
        enter("c > 100", "true");
        enter(":profile y = x @ x", "f32[2, 2]", "in all", "operation", "@", "all operations");
        enter(":profile y @ [1, 2, 3]", "error: ", "y: f32[2, 2]");
        enter("print(\"{x:.1f}\")", "4.0]]");
        enter(":explain x.sum()", "Kernels");
        enter(":explain x", ":explain takes a call");
        enter(":nonsense", "there is no command :nonsense");
        enter(":save session.tfl", "wrote ", "tfl> ");
        assertTrue(Files.readString(home.resolve("session.tfl")).contains("fn f(a) {"));
        type("\u0004");
        assertTrue(process.waitFor(20, TimeUnit.SECONDS), "^D leaves");
    }

    @Test
    void anInterruptKeepsTheSession() throws Exception {
        enter("kept = 7;", "tfl> ");
        type("while true { }\r");
        pause(1500);
        type("\u0003");
        waitFor("interrupted");
        enter("kept", "7");
        type("for i in 0..1000000 { rand((500, 500)) @ rand((500, 500)) }\r");
        pause(1500);
        type("\u0003");
        waitFor("interrupted");
        enter("kept + 1", "8");
        type("linalg.eig(rand((4000, 4000)))\r");
        pause(1500);
        type("\u0003");
        waitFor("interrupted");
        enter("linalg.inv(eye(2) * 0.5)", "[2.0, 0.0]", "tfl> ");
        // What the interrupted call left behind does not hold up the end.
        type("\u0004");
        assertTrue(process.waitFor(20, TimeUnit.SECONDS), "^D leaves");
        assertEquals(0, process.exitValue());
    }

    private static void pause(int millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void enter(String line, String... expected) throws IOException {
        type(line + "\r");
        waitFor(expected);
    }

    private void type(String keys) throws IOException {
        seen.setLength(0);
        keyboard.write(keys.getBytes(StandardCharsets.UTF_8));
        keyboard.flush();
    }

    /** Reads the screen until it shows these texts in order, behind what was typed last. */
    private void waitFor(String... expected) throws IOException {
        long end = System.nanoTime() + PATIENCE;
        while (!showsInOrder(expected)) {
            assertTrue(System.nanoTime() < end && process.isAlive(), () -> "waiting for " + List.of(expected) + " in:\n"
                    + text());
            if (screen.available() > 0) {
                seen.append(new String(screen.readNBytes(screen.available()), StandardCharsets.UTF_8));
            } else {
                pause(20);
            }
        }
    }

    private boolean showsInOrder(String... expected) {
        var text = text();
        int from = 0;
        for (var part : expected) {
            int at = text.indexOf(part, from);
            if (at < 0) {
                return false;
            }
            from = at + part.length();
        }
        return true;
    }

    private String text() {
        return CONTROLS.matcher(seen).replaceAll("");
    }
}

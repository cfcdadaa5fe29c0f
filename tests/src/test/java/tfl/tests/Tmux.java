package tfl.tests;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/** The {@code tfl} prompt inside tmux, a real terminal whose screen can be read. */
final class Tmux implements AutoCloseable {
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(60);
    private static final AtomicInteger STARTED = new AtomicInteger();
    private final Path folder;
    private final String socket;

    private Tmux(Path folder) {
        this.folder = folder;
        // A server that was told to end may still be there when the next one starts.
        this.socket = folder.resolve("tmux" + STARTED.incrementAndGet()).toString();
    }

    /** A prompt in a folder, which also keeps the user's files. */
    static Tmux start(Path folder, int columns, int rows, Map<String, String> environment, String... words) {
        assumeTrue(isInstalled(), "tmux is not installed: apt-get install tmux");
        var tmux = new Tmux(folder);
        var command = TflProcess.command(List.of(words)).stream().map(word -> "'" + word + "'")
                .collect(Collectors.joining(" "));
        var variables = new StringBuilder("XDG_STATE_HOME=state XDG_CONFIG_HOME=. HOME=. INPUTRC=/dev/null");
        environment.forEach((name, value) -> variables.append(' ').append(name).append("='").append(value).append("'"));
        tmux.run("new-session", "-d", "-x", Integer.toString(columns), "-y", Integer.toString(rows),
                "trap : INT; env -u NO_COLOR -u COLORTERM " + variables + " " + command
                        + "; echo \"ended with $?\"; exec sleep 600");
        tmux.waitFor("tfl>");
        return tmux;
    }

    private static boolean isInstalled() {
        return List.of(System.getenv().getOrDefault("PATH", "").split(":")).stream()
                .anyMatch(each -> Files.isExecutable(Path.of(each, "tmux")));
    }

    /** Types a line and Enter, and waits for the screen to show these texts, the last of them at its end. */
    void enter(String line, String... expected) {
        type(line);
        keys("Enter");
        waitFor(expected);
    }

    /** Types characters as they are. */
    void type(String text) {
        // A semicolon at the end would end tmux's own command.
        run("send-keys", "-l", "--", text.endsWith(";") ? text.substring(0, text.length() - 1) + "\\;" : text);
    }

    /** Presses keys by tmux's names, such as {@code C-c}, {@code M-Enter}, {@code Tab}. */
    void keys(String... names) {
        var words = new ArrayList<>(List.of("send-keys"));
        words.addAll(List.of(names));
        run(words.toArray(String[]::new));
    }

    /** Pastes as a terminal does that was asked to bracket what is pasted. */
    void paste(String text) {
        run("set-buffer", "--", text);
        run("paste-buffer", "-p");
    }

    void resize(int columns, int rows) {
        run("resize-window", "-x", Integer.toString(columns), "-y", Integer.toString(rows));
    }

    void clear() {
        keys("C-l");
    }

    /** What the screen shows, without blank lines at its end. */
    String screen() {
        return run("capture-pane", "-p").stripTrailing();
    }

    /** The same, with the colours. */
    String colouredScreen() {
        return run("capture-pane", "-p", "-e").stripTrailing();
    }

    /** Waits until the screen shows these texts, in order. */
    void waitFor(String... expected) {
        long end = System.nanoTime() + PATIENCE;
        String screen = screen();
        while (!showsInOrder(screen, expected)) {
            String seen = screen;
            assertTrue(System.nanoTime() < end, () -> "waiting for " + List.of(expected) + " on:\n" + seen);
            pause();
            screen = screen();
        }
    }

    private static boolean showsInOrder(String screen, String... expected) {
        int from = 0;
        for (var part : expected) {
            int at = screen.indexOf(part, from);
            if (at < 0) {
                return false;
            }
            from = at + part.length();
        }
        return true;
    }

    static void pause() {
        try {
            Thread.sleep(50);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private String run(String... words) {
        var command = new ArrayList<>(List.of("tmux", "-S", socket, "-f", "/dev/null"));
        command.addAll(List.of(words));
        try {
            var builder = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
            builder.environment().put("LC_ALL", "C.UTF-8");
            builder.environment().remove("TMUX");
            var process = builder.start();
            process.getOutputStream().close();
            var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertTrue(process.waitFor(10, TimeUnit.SECONDS), "tmux hangs");
            return output;
        } catch (IOException problem) {
            throw new AssertionError(problem);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new AssertionError(stopped);
        }
    }

    @Override
    public void close() {
        run("kill-server");
    }
}

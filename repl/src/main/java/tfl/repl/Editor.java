package tfl.repl;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jline.terminal.Terminal;
import tfl.session.Misuse;
import tfl.session.Session;

/** The editor that the user prefers. */
final class Editor {
    private Editor() {}

    /** A text as it is after the user has edited it. */
    static String edit(String text, Terminal terminal) {
        try {
            var file = Files.createTempFile("input", ".tfl");
            try {
                Files.writeString(file, text);
                open(file, terminal);
                return Session.read(file).stripTrailing();
            } finally {
                Files.deleteIfExists(file);
            }
        } catch (IOException problem) {
            throw new Misuse("no temporary file can be written: " + problem.getMessage());
        }
    }

    /** Waits until the user has left the editor. */
    static void open(Path file, Terminal terminal) {
        var editor = System.getenv().getOrDefault("VISUAL", System.getenv().getOrDefault("EDITOR", "vi"));
        // What the editor's ^C stops is the editor's affair.
        var before = terminal.handle(Terminal.Signal.INT, Terminal.SignalHandler.SIG_IGN);
        try {
            int status = new ProcessBuilder("sh", "-c", editor + " \"$1\"", "sh", file.toString()).inheritIO().start()
                    .waitFor();
            if (status != 0) {
                throw new Misuse("the editor `" + editor + "` ended with status " + status);
            }
        } catch (IOException problem) {
            throw new Misuse("the editor `" + editor + "` cannot be started: " + problem.getMessage());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } finally {
            terminal.handle(Terminal.Signal.INT, before);
        }
    }
}

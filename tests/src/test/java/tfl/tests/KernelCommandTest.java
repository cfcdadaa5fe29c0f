package tfl.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tfl.notebooks.kernel.KernelCommand;

/** What {@code tfl kernel} says to those who misuse it. */
class KernelCommandTest {
    @TempDir
    private Path folder;

    private static String misuse(String... words) {
        var out = new StringWriter();
        var err = new StringWriter();
        assertEquals(2, new KernelCommand().run(new PrintWriter(out), new PrintWriter(err), words));
        assertEquals("", out.toString());
        return err.toString().lines().findFirst().orElse("").replaceFirst("^tfl: ", "");
    }

    @Test
    void misuseIsOneLine() {
        assertEquals("there is no `tfl kernel nonsense`", misuse("nonsense"));
        assertEquals("there is no option --prefx here", misuse("install", "--prefx", "x"));
        assertEquals("--name needs a value", misuse("install", "--name"));
        assertEquals("--user and --prefix name two places", misuse("install", "--user", "--prefix", "/x"));
        assertEquals("--seed takes an int, not soon", misuse("install", "--seed=soon"));
        assertEquals("a kernel's name has letters, digits, `.`, `_` and `-` only; `a/b` has others",
                misuse("install", "--prefix", folder.toString(), "--name", "a/b"));
        assertEquals("there is no kernel of TFL in " + folder.resolve("share/jupyter/kernels/tfl"),
                misuse("uninstall", "--prefix", folder.toString()));
        assertEquals("`b` is one word too many", misuse("run", "a", "b"));
    }

    @Test
    void aConnectionFileIsRead() throws IOException {
        var file = folder.resolve("kernel.json");
        assertEquals("there is no connection file " + file, misuse("run", file.toString()));
        Files.writeString(file, "{\"shell_port\": 99999}");
        assertEquals(file + " is no connection file: shell_port is no port", misuse("run", file.toString()));
        Files.writeString(file, "[]");
        assertEquals(file + " is no connection file: it holds no JSON object", misuse("run", file.toString()));
    }
}

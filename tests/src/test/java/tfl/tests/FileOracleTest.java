package tfl.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What TFL writes, an independent reader reads: {@code tests/oracle/io.py}, where there is a Python with NumPy. */
class FileOracleTest {
    private static final Path PROGRAM = Path.of("src/test/resources/oracle/io/write.tfl");

    @TempDir
    Path folder;

    @Test
    void numpyReadsWhatTflWrites() throws IOException, InterruptedException {
        assumeTrue(succeeds(List.of("python3", "-c", "import numpy")), "there is no python3 with numpy");
        var outcome = Outcome.of(new Program("write.tfl", Files.readString(PROGRAM)), PROGRAM.toAbsolutePath(),
                folder.toString());
        assertFalse(outcome.failed(), outcome::report);
        var log = folder.resolve("log");
        int status = run(List.of("python3", "oracle/io.py", "check", folder.toString()), log);
        assertEquals(0, status, Files.readString(log, StandardCharsets.UTF_8));
    }

    private boolean succeeds(List<String> command) throws InterruptedException {
        try {
            return run(command, folder.resolve("probe")) == 0;
        } catch (IOException missing) {
            return false;
        }
    }

    private static int run(List<String> command, Path log) throws IOException, InterruptedException {
        return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start().waitFor();
    }
}

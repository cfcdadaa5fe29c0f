package tfl.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Every program below {@code resources/programs} prints what it says, and a program {@code X.tfl} in {@code
 * errors/} ends
 * with the whole report in {@code X.txt}; {@code -Dtfl.bless=true} rewrites both.
 */
class ProgramsTest {
    private static final String LIBRARY_LINE =
            "(?<![\\w./])((nn|optim|data|train|plot|summary|image|text|stats)(\\.[a-z_]+)?\\.tfl):\\d+";
    private static final Path FOLDER = Path.of("src/test/resources/programs");

    @TestFactory
    Stream<DynamicTest> programs() throws IOException {
        try (var files = Files.walk(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".tfl") && !file.toString().contains("/modules/"))
                    .sorted().toList().stream()
                    .map(file -> DynamicTest.dynamicTest(FOLDER.relativize(file).toString(), () -> check(file)));
        }
    }

    private static void check(Path file) throws IOException {
        var program = new Program(file.getFileName().toString(), Files.readString(file));
        var outcome = Outcome.of(program, file.toAbsolutePath());
        boolean golden = file.getParent().endsWith("errors");
        if (Boolean.getBoolean("tfl.bless")) {
            Files.writeString(file, program.blessed(outcome));
            if (golden) {
                Files.writeString(golden(file), report(outcome, file));
            }
            return;
        }
        check(program, outcome);
        if (golden) {
            assertEquals(Files.readString(golden(file)), report(outcome, file));
        }
    }

    private static Path golden(Path file) {
        return file.resolveSibling(file.getFileName().toString().replaceFirst("tfl$", "txt"));
    }

    /**
     * The report, with dots for what differs from machine to machine: folders, amounts of memory, depths; and without
     * the lines of the library, which move with each sentence of its docs.
     */
    private static String report(Outcome outcome, Path file) {
        return outcome.report().replace(file.toAbsolutePath().getParent().toString(), ".")
                .replace(Path.of("").toAbsolutePath().toString(), ".")
                .replaceAll("were asked for, .*", "were asked for, ...")
                        .replaceAll(" *help: the largest owners.*\n", "")
                .replaceAll(LIBRARY_LINE, "$1").replaceAll("\\.\\.\\. \\d+ more", "... more");
    }

    /** Fails unless the program did what it says. */
    static void check(Program program, Outcome outcome) {
        var errors = program.expectedErrors();
        if (errors.isEmpty()) {
            assertFalse(outcome.failed(), () -> outcome.output() + outcome.report());
        } else {
            assertTrue(outcome.failed(), "no error came");
            errors.forEach(part -> assertTrue((outcome.code() + " " + outcome.report()).contains(part),
                    () -> "expected " + part + " in " + outcome.code() + " " + outcome.report()));
        }
        assertEquals(program.expectedOutput(), outcome.output());
    }
}

package tfl.tests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every program below {@code resources/programs} prints and fails as it says when its functions are graphs, too. */
class GraphProgramsTest {
    private static final Path FOLDER = Path.of("src/test/resources/programs");
    private static final Pattern FUNCTION = Pattern.compile("^fn ", Pattern.MULTILINE);

    /** What differs, and why. */
    private static final Map<String, String> DIFFERENT = Map.of();

    @TestFactory
    Stream<DynamicTest> programs() throws IOException {
        try (var files = Files.walk(FOLDER)) {
            return files.filter(GraphProgramsTest::hasFunctions).sorted().toList().stream()
                    .map(file -> DynamicTest.dynamicTest(FOLDER.relativize(file).toString(), () -> check(file)));
        }
    }

    private static boolean hasFunctions(Path file) {
        try {
            return file.toString().endsWith(".tfl") && !file.toString().contains("/modules/")
                    && FUNCTION.matcher(Files.readString(file)).find();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static void check(Path file) throws IOException {
        var reason = DIFFERENT.get(FOLDER.relativize(file).toString());
        Assumptions.assumeTrue(reason == null, reason);
        var text = FUNCTION.matcher(Files.readString(file)).replaceAll("@graph fn ");
        var program = new Program(file.getFileName().toString(), text);
        ProgramsTest.check(program, Outcome.of(program, file.toAbsolutePath()));
    }
}

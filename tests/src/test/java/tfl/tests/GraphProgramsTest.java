package tfl.tests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every program below {@code resources/programs} prints and fails as it says when its functions are graphs, too. */
class GraphProgramsTest {
    private static final Path FOLDER = Path.of("src/test/resources/programs");
    private static final Pattern FUNCTION = Pattern.compile("^fn ", Pattern.MULTILINE);

    /** The start of a line that cannot do the same in a graph. */
    private record Different(String file, String line, String reason) {}

    private static final List<Different> DIFFERENT = List.of(
            new Different("builtin/gradients.tfl", "check(\"mask\"",
                    "the mask is part of an argument, so that only the graph knows it and the size of x[mask]"));

    /** Programs whose functions reach outside a graph, with what they reach. */
    private static final Map<String, String> OUTSIDE = Map.of("data/resumed_twice.tfl", "streams", "data/steps.tfl",
            "streams", "data/transformed.tfl", "streams", "plot/ticks.tfl", "the numbers that an axis is drawn for",
            "train/callbacks.tfl", "the session's generator, which checkpoints keep", "train/precision.tfl",
            "the session's generator");

    @TestFactory
    Stream<DynamicTest> programs() throws IOException {
        try (var files = Files.walk(FOLDER)) {
            return files.filter(GraphProgramsTest::hasFunctions)
                    .filter(file -> !OUTSIDE.containsKey(FOLDER.relativize(file).toString())).sorted().toList().stream()
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
        var text = Files.readAllLines(file).stream().filter(line -> DIFFERENT.stream().noneMatch(
                each -> FOLDER.resolve(each.file()).equals(file) && line.startsWith(each.line())))
                .collect(Collectors.joining("\n", "", "\n"));
        var program = new Program(file.getFileName().toString(), FUNCTION.matcher(text).replaceAll("@graph fn "));
        ProgramsTest.check(program, Outcome.of(program, file.toAbsolutePath()));
    }
}

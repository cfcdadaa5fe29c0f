package tfl.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import tfl.language.format.Formatter;
import tfl.language.source.Source;
import tfl.notebooks.file.NotebookCommand;
import tfl.notebooks.json.Json;

/**
 * The example notebooks run and show what the repository says they show: texts, in which numbers may differ by little
 * from machine to machine, and the types of pictures. {@code tfl notebook run notebooks/*.ipynb} renews them.
 */
class NotebookExamplesTest {
    private static final Path FOLDER = WallTest.ROOT.resolve("notebooks");
    private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?(e[+-]\\d+)?");
    private static final int LARGEST = 200_000;
    @TempDir
    private Path folder;

    @TestFactory
    Stream<DynamicTest> notebooks() throws IOException {
        try (var files = Files.list(FOLDER)) {
            var list = files.filter(file -> file.toString().endsWith(".ipynb")).sorted().toList();
            assertEquals(List.of("digits.ipynb", "gradients.ipynb", "physics.ipynb", "tour.ipynb"),
                    list.stream().map(file -> file.getFileName().toString()).toList());
            return list.stream().map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> check(file)));
        }
    }

    private void check(Path file) throws IOException {
        var copy = folder.resolve(file.getFileName());
        command("run", file.toString(), "--output", copy.toString());
        var expected = outputs(file);
        var shown = outputs(copy);
        assertFalse(expected.isEmpty());
        assertEquals(expected.stream().map(NotebookExamplesTest::withoutNumbers).toList(),
                shown.stream().map(NotebookExamplesTest::withoutNumbers).toList());
        for (int i = 0; i < expected.size(); i++) {
            numbers(expected.get(i), shown.get(i));
        }
        assertTrue(Files.size(file) < LARGEST, "a notebook in the repository is small");
        var script = folder.resolve("script.tfl");
        command("convert", file.toString(), script.toString(), "--no-outputs");
        var text = Files.readString(script);
        assertEquals(Formatter.format(Source.of("script", text)).orElseThrow(), text, "laid out as TFL is");
    }

    private static void command(String... words) {
        var err = new StringWriter();
        assertEquals(0, new NotebookCommand().run(new PrintWriter(new StringWriter()), new PrintWriter(err), words),
                err::toString);
    }

    private static String withoutNumbers(String text) {
        return NUMBER.matcher(text).replaceAll("0");
    }

    private static void numbers(String expected, String shown) {
        var those = NUMBER.matcher(expected).results().mapToDouble(each -> Double.parseDouble(each.group())).toArray();
        var these = NUMBER.matcher(shown).results().mapToDouble(each -> Double.parseDouble(each.group())).toArray();
        for (int i = 0; i < those.length; i++) {
            assertEquals(those[i], these[i], 0.03 * Math.abs(those[i]) + 1e-6, expected);
        }
    }

    /** A text for each output: what it says, and of pictures their types. */
    @SuppressWarnings("unchecked")
    private static List<String> outputs(Path file) throws IOException {
        var texts = new ArrayList<String>();
        var root = (Map<String, Object>) Json.parse(Files.readAllBytes(file));
        for (var cell : (List<Map<String, Object>>) root.get("cells")) {
            for (var output : (List<Map<String, Object>>) cell.getOrDefault("outputs", List.of())) {
                if (output.get("data") instanceof Map<?, ?> data) {
                    texts.add(new TreeMap<>((Map<String, Object>) data).entrySet().stream()
                            .map(each -> each.getKey() + (each.getKey().equals("text/plain") ? " " + each.getValue() : ""))
                            .collect(Collectors.joining(", ")));
                } else {
                    texts.add(output.get("output_type") + " " + output.getOrDefault("text", output.get("evalue")));
                }
            }
        }
        return texts;
    }
}

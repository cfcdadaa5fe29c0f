package tfl.tests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Every {@code tfl} example in the README and below {@code docs/} runs, and prints what it says. One that begins with
 * {@code tfl then} goes on from the one before it on its page.
 */
class DocsTest {
    private static final Path ROOT = Path.of("..");
    private static final Pattern EXAMPLE = Pattern.compile("(?ms)^```tfl( then)?\\n(.*?)^```$");

    @TestFactory
    Stream<DynamicTest> examples() throws IOException {
        var pages = new ArrayList<Path>();
        pages.add(ROOT.resolve("README.md"));
        try (var files = Files.walk(ROOT.resolve("docs"))) {
            files.filter(file -> file.toString().endsWith(".md") && !file.toString().contains("docs/errors")).sorted()
                    .forEach(pages::add);
        }
        var tests = new ArrayList<DynamicTest>();
        for (var page : pages) {
            tests.addAll(of(page));
        }
        return tests.stream();
    }

    /** Where pictures of a page go: beside it with {@code -Dtfl.bless=true}, which brings those in the repository. */
    private static Path pictures(Path page) throws IOException {
        return Files.createDirectories(Boolean.getBoolean("tfl.bless") ? page.resolveSibling("pictures")
                : Path.of("target/pictures"));
    }

    private static List<DynamicTest> of(Path page) throws IOException {
        var tests = new ArrayList<DynamicTest>();
        var text = Files.readString(page);
        var matcher = EXAMPLE.matcher(text);
        var programs = new ArrayList<Program>();
        while (matcher.find()) {
            long line = text.substring(0, matcher.start(2)).lines().count() + 1;
            var before = matcher.group(1) == null ? "" : programs.removeLast().text();
            programs.add(new Program(ROOT.relativize(page) + ":" + line, before
                    + matcher.group(2).replace("\"pictures/", "\"" + pictures(page) + "/")));
        }
        for (var program : programs) {
            tests.add(DynamicTest.dynamicTest(program.name(),
                    () -> ProgramsTest.check(program, Outcome.of(program, null))));
        }
        return tests;
    }
}

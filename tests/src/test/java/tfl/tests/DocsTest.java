package tfl.tests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every {@code tfl} example in the README and below {@code docs/} runs, and prints what it says. One that begins with
 * {@code tfl then} goes on from the one before it on its page.
 */
class DocsTest {
    private static final Path ROOT = Path.of("..");
    private static final Pattern EXAMPLE = Pattern.compile("(?ms)^```tfl( then)?\\n(.*?)^```$");

    @TempDir
    Path folder;

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

    /**
     * Runs an example in a folder of its own. What it draws into {@code pictures/} goes beside its page with {@code
     * -Dtfl.bless=true}, which brings the pictures in the repository.
     */
    private static void run(Path page, Program program, Path folder) throws IOException {
        var pictures = Files.createDirectories(folder.resolve("pictures"));
        ProgramsTest.check(program, Outcome.in(folder, program));
        if (Boolean.getBoolean("tfl.bless")) {
            try (var files = Files.list(pictures)) {
                for (var file : files.toList()) {
                    Files.copy(file, Files.createDirectories(page.resolveSibling("pictures"))
                            .resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
    }

    private List<DynamicTest> of(Path page) throws IOException {
        var tests = new ArrayList<DynamicTest>();
        var text = Files.readString(page);
        var matcher = EXAMPLE.matcher(text);
        var programs = new ArrayList<Program>();
        while (matcher.find()) {
            long line = text.substring(0, matcher.start(2)).lines().count() + 1;
            var before = matcher.group(1) == null ? "" : programs.removeLast().text();
            programs.add(new Program(ROOT.relativize(page) + ":" + line, before + matcher.group(2)));
        }
        for (var program : programs) {
            var own = Files.createTempDirectory(folder, "example");
            tests.add(DynamicTest.dynamicTest(program.name(), () -> run(page, program, own)));
        }
        return tests;
    }
}

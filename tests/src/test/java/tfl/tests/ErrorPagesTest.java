package tfl.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Each error code has a page; its wrong program gives that code, and its right one runs. */
class ErrorPagesTest {
    private static final Path PAGES = WallTest.ROOT.resolve("docs/errors");
    private static final Pattern CODE = Pattern.compile("\"(TFL-E\\d{4})\"");
    private static final Pattern PROGRAM = Pattern.compile("(?ms)^(Wrong|Right):\\n```tfl\\n(.*?)^```$");
    private static final List<String> ROOMS = List.of("language", "backends", "autodiff", "interpreter", "stdlib",
            "session", "repl", "notebooks", "editor", "embedding");
    /**
     * Codes that no program gives by itself: settings, interrupts, bugs; what depends on the machine, the network or on
     * whoever embeds TFL ({@link SandboxTest}).
     */
    private static final Set<String> WITHOUT_PROGRAM = Set.of("TFL-E0278", "TFL-E0293", "TFL-E0299", "TFL-E0598",
            "TFL-E0606", "TFL-E0612", "TFL-E0636", "TFL-E0538", "TFL-E0540", "TFL-E0640", "TFL-E0641", "TFL-E0642",
            "TFL-E0643", "TFL-E0644", "TFL-E0645", "TFL-E0646", "TFL-E0647", "TFL-E0648", "TFL-E0649", "TFL-E0650",
            "TFL-E0680", "TFL-E0681");
    /** A leak that no program is known to have, and a file that another program cuts. */
    private static final Set<String> WITHOUT_WRONG = Set.of("TFL-E0323", "TFL-E0571");
    /** A circle needs several files ({@link ProgramsTest}); a warning stops no program and comes from a check. */
    private static final Set<String> WRONG_ELSEWHERE = Set.of("TFL-E0262", "TFL-E0175");

    @TempDir
    Path folder;

    @Test
    void everyCodeHasAPage() throws IOException {
        var pages = new TreeSet<String>();
        try (var files = Files.list(PAGES)) {
            files.map(file -> file.getFileName().toString().replace(".md", "")).forEach(pages::add);
        }
        assertEquals(codes(), pages);
    }

    private static Set<String> codes() throws IOException {
        var codes = new TreeSet<String>();
        for (var room : ROOMS) {
            try (var files = Files.walk(WallTest.ROOT.resolve(room).resolve("src/main"))) {
                for (var file : files.filter(each -> each.toString().matches(".*\\.(java|tfl)")).toList()) {
                    CODE.matcher(Files.readString(file)).results().forEach(found -> codes.add(found.group(1)));
                }
            }
        }
        return codes;
    }

    @TestFactory
    Stream<DynamicTest> pages() throws IOException {
        try (var files = Files.list(PAGES)) {
            return files.sorted().toList().stream().map(page -> {
                String code = page.getFileName().toString().replace(".md", "");
                return DynamicTest.dynamicTest(code, () -> check(code, Files.readString(page)));
            });
        }
    }

    private void check(String code, String page) {
        assertTrue(page.startsWith("# " + code + ": "), page);
        int programs = 0;
        var matcher = PROGRAM.matcher(page);
        while (matcher.find()) {
            programs++;
            boolean wrong = matcher.group(1).equals("Wrong");
            if (!wrong || !WRONG_ELSEWHERE.contains(code)) {
                check(code, matcher.group(2), wrong);
            }
        }
        int expected = WITHOUT_PROGRAM.contains(code) ? 0 : WITHOUT_WRONG.contains(code) ? 1 : 2;
        assertEquals(expected, programs, "programs on the page");
    }

    private void check(String code, String text, boolean wrong) {
        // Files that a page saves go to a folder of their own.
        var outcome = Outcome.in(folder, new Program(code + ".tfl", text));
        if (wrong) {
            assertTrue((outcome.code() + outcome.report()).contains(code), () -> "expected " + code + ": " + outcome);
        } else {
            assertFalse(outcome.failed(), outcome::report);
        }
    }
}

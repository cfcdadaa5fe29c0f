package tfl.language.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tfl.language.lex.SyntaxProblem;
import tfl.language.parse.Parser;
import tfl.language.resolve.Known;
import tfl.language.resolve.ScopeProblem;
import tfl.language.source.Source;

/** Each problem of the language has a page, whose wrong program shows it and whose right program has none. */
class ErrorPagesTest {
    private static final Path PAGES = Path.of("..", "docs", "errors");
    private static final Known KNOWN = Known.file(Set.of("print", "sum", "len", "zeros"));

    private static List<Path> pages() throws IOException {
        try (Stream<Path> files = Files.list(PAGES)) {
            return files.filter(file -> file.getFileName().toString().startsWith("TFL-E01")).sorted()
                    .toList();
        }
    }

    @Test
    void everyProblemHasAPage() throws IOException {
        int problems = Stream.of(SyntaxProblem.class, ScopeProblem.class, CheckProblem.class)
                .mapToInt(family -> family.getPermittedSubclasses().length).sum();
        assertEquals(problems, pages().size());
    }

    @Test
    void everyPageShowsItsProblem() throws IOException {
        for (var page : pages()) {
            String code = page.getFileName().toString().replace(".md", "");
            String text = Files.readString(page);
            assertTrue(text.startsWith("# " + code + ": "), code);
            var wrong = codes(program(text, "Wrong:"));
            assertTrue(wrong.contains(code), code + ": " + wrong);
            assertEquals(List.of(), codes(program(text, "Right:")), code);
            assertFalse(program(text, "Right:").isEmpty());
        }
    }

    private static String program(String page, String heading) {
        String start = heading + "\n```tfl\n";
        int from = page.indexOf(start) + start.length();
        return page.substring(from, page.indexOf("\n```", from));
    }

    private static List<String> codes(String program) {
        return Checker.check(Parser.parse(Source.of("page", program)), KNOWN).stream()
                .map(each -> each.problem().code()).toList();
    }
}

package tfl.language.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tfl.language.ast.TreePrinter;
import tfl.language.format.Formatter;
import tfl.language.lex.Lexer;
import tfl.language.lex.Token;
import tfl.language.parse.Comment;
import tfl.language.parse.Parsed;
import tfl.language.parse.Parser;
import tfl.language.resolve.Known;
import tfl.language.resolve.Resolver;
import tfl.language.shape.Inference;
import tfl.language.source.Diagnostic;
import tfl.language.source.Source;
import tfl.language.symbol.SymbolTable;

/** Random programs and random noise: nothing throws, and formatting keeps what was written. */
class FuzzTest {
    private static final int PROGRAMS = 1500;

    @Test
    void grammaticalProgramsParseAndFormat() {
        int valid = 0;
        for (int seed = 0; seed < PROGRAMS; seed++) {
            String text = new ProgramGenerator(seed).program();
            if (throughAllPasses(text).isValid()) {
                valid++;
                assertFormats(text, "seed " + seed);
            }
        }
        assertTrue(valid > PROGRAMS * 9 / 10, "only " + valid + " programs were valid");
    }

    @Test
    void damagedProgramsGiveProblemsOnly() {
        var random = new Random(7);
        for (int seed = 0; seed < PROGRAMS; seed++) {
            var text = new StringBuilder(new ProgramGenerator(seed).program());
            for (int i = 1 + random.nextInt(4); i > 0 && !text.isEmpty(); i--) {
                int at = random.nextInt(text.length());
                switch (random.nextInt(4)) {
                    case 0 -> text.deleteCharAt(at);
                    case 1 -> text.insert(at, "(){}[]\"#\\\n,.=:;".charAt(random.nextInt(15)));
                    case 2 -> text.setCharAt(at, (char) random.nextInt(0x3000));
                    default -> text.setLength(at);
                }
            }
            if (throughAllPasses(text.toString()).isValid()) {
                assertFormats(text.toString(), "seed " + seed);
            }
        }
    }

    @Test
    void noiseGivesProblemsOnly() {
        var random = new Random(11);
        for (int round = 0; round < 2000; round++) {
            var text = new StringBuilder();
            int length = random.nextInt(80);
            for (int i = 0; i < length; i++) {
                text.append((char) (random.nextInt(4) == 0 ? random.nextInt(0x10000)
                        : 9 + random.nextInt(118)));
            }
            throughAllPasses(text.toString());
        }
    }

    private static Parsed throughAllPasses(String text) {
        try {
            var source = Source.of("fuzz", text);
            var parsed = Parser.parse(source);
            assertTokensCover(source);
            var resolution = Resolver.resolve(parsed.module(), Known.file(Set.of("print", "ones", "sum", "concat")));
            SymbolTable.of(parsed.module(), resolution).visibleAt(text.length() / 2);
            var shapes = Inference.of(parsed.module(), resolution);
            for (var problems : List.of(parsed.problems(), resolution.problems(), shapes.problems())) {
                Diagnostic.render(problems.stream().map(Diagnostic::of).toList(), Diagnostic.Style.COLOUR);
            }
            return parsed;
        } catch (RuntimeException | StackOverflowError failure) {
            throw new AssertionError("failed on: " + text, failure);
        }
    }

    /** Tokens are in order, and only white space is between them. */
    private static void assertTokensCover(Source source) {
        int at = 0;
        for (Token token : Lexer.tokens(source).list()) {
            assertTrue(token.start() >= at && token.end() >= token.start(),
                    () -> token + " in " + source.text());
            assertTrue(source.text().substring(at, token.start()).chars()
                    .allMatch(c -> Character.isWhitespace(c) || c == 0xfeff || c == 0xa0), source::text);
            at = token.end();
        }
        assertEquals(source.length(), at);
    }

    private static void assertFormats(String text, String which) {
        var before = Parser.parse(Source.of("before", text));
        var formatted = Formatter.format(before.module().span().source()).orElseThrow();
        var after = Parser.parse(Source.of("after", formatted));
        String both = which + "\n--- before\n" + text + "\n--- after\n" + formatted;
        assertEquals("[]", after.problems().toString(), both);
        assertEquals(TreePrinter.print(before.module()), TreePrinter.print(after.module()), both);
        assertEquals(comments(before), comments(after), both);
        assertEquals(formatted, Formatter.format(Source.of("again", formatted)).orElseThrow(), both);
    }

    private static List<String> comments(Parsed parsed) {
        return parsed.comments().stream().map(Comment::span).map(span -> span.text().strip()).toList();
    }
}

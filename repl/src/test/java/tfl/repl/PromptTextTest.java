package tfl.repl;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.jline.reader.EOFError;
import org.jline.reader.Parser.ParseContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tfl.language.lex.Lexer;
import tfl.language.source.Source;
import tfl.session.Brackets;
import tfl.session.ExplainedCall;
import tfl.session.Greek;
import tfl.session.Misuse;
import tfl.session.Stopwatch;

class PromptTextTest {
    @Test
    void aPastedTranscriptLosesItsPromptsAndOutput() {
        assertEquals("fn f(x) {\n  x + 1\n}\nf(2)", Transcript.strip("""
                tfl> fn f(x) {
                ...>   x + 1
                ...> }
                tfl> f(2)
                3
                """));
    }

    @Test
    void proseIsBrokenBetweenWordsAndCodeIsNot() {
        assertEquals("one two\nthree four\n\n    code that is long",
                Wrapped.of("one two three four\n\n    code that is long", 10));
    }

    @Test
    void aSavedScriptAssignsWhatLaterInputsCallTheLastValue() {
        assertEquals("x = 1\nans = x + 1\nprint(1)\nans * 2\n", SavedScript.of(List.of(
                new SavedScript.Input("x = 1", true), new SavedScript.Input("x + 1", true),
                new SavedScript.Input("print(1)", false), new SavedScript.Input("ans * 2", true))));
        assertEquals("x = 1\nans = x\nans\n", SavedScript.of(List.of(new SavedScript.Input("x = 1", true),
                new SavedScript.Input("ans", true))));
    }

    @Test
    void anInputOfSeveralLinesIsOneLineOfTheHistory() {
        var input = "a = \"\\n\"\nb\r\\";
        assertEquals(input, ProjectHistory.decode(ProjectHistory.encode(input)));
        assertEquals(1, ProjectHistory.encode(input).lines().count());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {E}_Gi=31;OK{E}\\{E}[?62;c       | KITTY  |
            {E}[?63;1;4c                     | SIXEL  |
            {E}[?64;14c                      | BLOCKS |
            x{E}_Gi=31;ENODATA{E}\\{E}[?1;2cy | BLOCKS | xy
            ab                               | BLOCKS | ab
            """)
    void terminalsSayWhatTheyCan(String read, Graphics graphics, String typed) {
        assertEquals(new Graphics.Answer(graphics, typed == null ? "" : typed),
                Graphics.of(read.replace("{E}", "\033")));
    }

    @Test
    void aProgramStaysAsItIs() {
        assertEquals("x = 1\ny = 2", Transcript.strip("x = 1\ny = 2"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"f(1,", "fn f() {", "x = ", "\"\"\"text", "[1,", "1 +"})
    void enterContinuesWhatIsNotComplete(String line) {
        var parser = new InputParser(() -> false);
        assertThrows(EOFError.class, () -> parser.parse(line, line.length(), ParseContext.ACCEPT_LINE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"f(1)", "x = 1", ":time (", "?sum", "1 1", "}"})
    void enterRunsTheRest(String line) {
        new InputParser(() -> false).parse(line, line.length(), ParseContext.ACCEPT_LINE);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            x = so      | so
            x.sha       | sha
            y = \\alp   | \\alp
            y = \\^2    | \\^2
            :ti         | :ti
            """)
    void theWordBeforeTheCursor(String line, String word) {
        assertEquals(word, new InputParser(() -> false).parse(line, line.length(), ParseContext.COMPLETE).word());
    }

    @ParameterizedTest
    @CsvSource({"812, 812 ns", "81234, 81.2 µs", "999900, 1.00 ms", "8123456, 8.12 ms", "8123456789, 8.123 s"})
    void durationsHaveAFittingUnit(long nanos, String text) {
        assertEquals(text, Stopwatch.text(nanos));
    }

    @ParameterizedTest
    @CsvSource({"alpha, α", "nabla, ∇", "_1, ₁", "^2, ²", "Omega, Ω"})
    void lettersHaveNames(String name, String letter) {
        assertEquals(letter, Greek.TABLE.get(name));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            f(x, 2)              | explain(f, x, 2)
            f()                  | explain(f)
            grad(loss)(g(x), (1))| explain(grad(loss), g(x), (1))
            (x -> x ** 2)(3.0)   | explain((x -> x ** 2), 3.0)
            x.sum( 0 )           | explain((it, *rest) -> it.sum(*rest), x, 0)
            """)
    void aCallBecomesOneOfExplain(String call, String explained) {
        assertEquals(explained, ExplainedCall.of(call));
    }

    @ParameterizedTest
    @ValueSource(strings = {"f", "f(x) + g(x)", "x = f(x)", "f(x); g(x)", "f(", "x |> f"})
    void explainTakesNothingButACall(String text) {
        assertThrows(Misuse.class, () -> ExplainedCall.of(text));
    }

    @Test
    void bracketsFindTheirPartners() {
        var text = "f(x[1], \"{g(2)}\")";
        var tokens = Lexer.tokens(Source.of("<input>", text)).list();
        assertArrayEquals(new int[] {1, text.length() - 1}, Brackets.pairAt(text, tokens, text.length()));
        assertArrayEquals(new int[] {3, 5}, Brackets.pairAt(text, tokens, 3));
    }
}

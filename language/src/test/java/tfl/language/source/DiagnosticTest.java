package tfl.language.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DiagnosticTest {
    private static final Diagnostic.Style BARE = new Diagnostic.Style(false, 100, false);

    private static Diagnostic at(Source source, String marked, String message, String label) {
        int start = source.text().indexOf(marked);
        return new Diagnostic(Problem.Severity.ERROR, "TFL-E0999", message,
                source.span(start, start + marked.length()), label,
                List.of(), Optional.empty());
    }

    @Test
    void theLayoutOfTheLanguagePage() {
        var model = Source.of("model.tfl", "\n".repeat(11) + "  h = relu(x @ w + b)\n");
        var train = Source.of("train.tfl", "\n".repeat(19) + "loss()");
        int start = model.text().indexOf("x @ w");
        var diagnostic = new Diagnostic(Problem.Severity.ERROR, "",
                "x @ w: the inner dimensions differ: x has 784 columns, w has 785 rows",
                model.span(start, start + 5), "x: f32[128, 784] · w: f32[785, 512]",
                List.of(new Diagnostic.Call("layer", model.span(start, start + 5)),
                        new Diagnostic.Call("loss", train.span(19, 25))),
                Optional.of("w should have 784 rows"));
        assertEquals("""
                error: x @ w: the inner dimensions differ: x has 784 columns, w has 785 rows
                  --> model.tfl:12:12
                12 |   h = relu(x @ w + b)
                   |            ^^^^^ x: f32[128, 784] · w: f32[785, 512]
                   in layer at model.tfl:12, called from loss at train.tfl:20
                   help: w should have 784 rows
                """, diagnostic.render(BARE));
    }

    @Test
    void theCodeComesLastAndReportsAreSeparated() {
        var source = Source.of("a.tfl", "x\ny");
        var first = at(source, "x", "one", "");
        var second = at(source, "y", "two", "");
        assertEquals("""
                error: one
                 --> a.tfl:1:1
                1 | x
                  | ^
                  code: TFL-E0999

                error: two
                 --> a.tfl:2:1
                2 | y
                  | ^
                  code: TFL-E0999
                """, Diagnostic.render(List.of(first, second), Diagnostic.Style.PLAIN));
    }

    @Test
    void tabsAndWideCharactersKeepTheUnderlineInPlace() {
        assertEquals("""
                error: m
                 --> a.tfl:1:9
                1 |     "漢字" + e\u0301x + zz
                  |              ^^ here
                """, at(Source.of("a.tfl", "\t\"漢字\" + e\u0301x + zz"), "e\u0301x", "m", "here").render(BARE));
    }

    @Test
    void spansOverSeveralLines() {
        assertEquals("""
                error: m
                 --> a.tfl:1:3
                1 | a(b,
                  |   ^^
                2 |    c)
                  |    ^ too many
                """, at(Source.of("a.tfl", "a(b,\n   c)"), "b,\n   c", "m", "too many").render(BARE));
    }

    @Test
    void longSpansLeaveOutTheMiddle() {
        var text = "f(\n" + "  1,\n".repeat(20) + ")";
        assertEquals("""
                error: m
                  --> a.tfl:1:1
                 1 | f(
                   | ^^
                 2 |   1,
                   |   ^^
                 3 |   1,
                   |   ^^
                   ...
                21 |   1,
                   |   ^^
                22 | )
                   | ^
                """, at(Source.of("a.tfl", text), text, "m", "").render(BARE));
    }

    @Test
    void longLinesAreCutAroundTheSpan() {
        var text = "a".repeat(200) + " bad " + "c".repeat(200);
        var report = at(Source.of("a.tfl", text), "bad", "m", "")
                .render(new Diagnostic.Style(false, 60, false));
        assertEquals("""
                error: m
                 --> a.tfl:1:202
                1 | ...aaaaaaaaaa bad ccccccccccccccccccccccccccccccccccc...
                  |               ^^^
                """, report);
    }

    @Test
    void anEmptySpanAtTheEndGetsOneMark() {
        var source = Source.of("a.tfl", "x = ");
        var diagnostic = new Diagnostic(Problem.Severity.WARNING, "", "m", source.span(4, 4), "", List.of(),
                Optional.empty());
        assertEquals("""
                warning: m
                 --> a.tfl:1:5
                1 | x =
                  |     ^
                """, diagnostic.render(BARE));
    }

    @Test
    void aSpanOfNothingShowsNoText() {
        var diagnostic = new Diagnostic(Problem.Severity.ERROR, "", "m", Span.NONE, "", List.of(),
                Optional.empty());
        assertEquals("error: m\n", diagnostic.render(BARE));
    }

    @Test
    void longTracesAreCut() {
        var source = Source.of("a.tfl", "x");
        var calls = IntStream.range(0, 1000).mapToObj(i -> new Diagnostic.Call("f" + i, source.span(0, 1)))
                .toList();
        var report = new Diagnostic(Problem.Severity.ERROR, "", "m", source.whole(), "", calls,
                Optional.empty()).render(BARE);
        assertEquals(4 + 9, report.lines().count(), report);
        assertTrue(report.contains("... 992 more"), report);
    }
}

package tfl.language.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tfl.language.check.Checker;
import tfl.language.format.Formatter;
import tfl.language.resolve.Known;
import tfl.language.source.Source;

/** The deepest trees that are let through can be walked on a thread with a stack of 1 MB. */
class DepthTest {
    private static void onSmallStack(Runnable work) throws InterruptedException {
        var failure = new Throwable[1];
        var thread = new Thread(null, work, "small stack", 1 << 20);
        thread.setUncaughtExceptionHandler((_, thrown) -> failure[0] = thrown);
        thread.start();
        thread.join();
        if (failure[0] != null) {
            throw new AssertionError(failure[0]);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>", quoteCharacter = '§', textBlock = """
            ( => 190 => )
            [ => 190 => ]
            { x = { => 35 => }}
            if a { => 90 => }
            x -> => 190 => §§
            not => 180 => §§
            f( => 190 => )
            a + => 900 => §§
            a |> => 900 => §§
            """)
    void passesWalkDeepTrees(String open, int depth, String close) throws InterruptedException {
        String text = (open + " ").repeat(depth) + "a" + (close == null ? "" : close).repeat(depth);
        onSmallStack(() -> {
            var source = Source.of("t", text);
            var parsed = Parser.parse(source);
            assertEquals("[]", parsed.problems().toString());
            Checker.check(parsed, Known.file(Set.of("a", "f")));
            assertTrue(Formatter.format(source).isPresent());
        });
    }

    @Test
    void deeperOnesAreRefusedOnASmallStack() throws InterruptedException {
        for (var open : new String[] {"(", "[", "{(", "x -> ", "- ", "f(", "{\n", "if a {\n", "\"{",
                "fn f() {\n", "((x) -> {\n"}) {
            onSmallStack(() -> assertTrue(!Parser.parse(Source.of("t", open.repeat(100_000))).isValid()));
        }
    }

    @Test
    void theProgramOfTheLanguagePageParses() {
        var parsed = Parser.parse(Source.of("digits.tfl", """
                # digits.tfl: train a classifier
                import nn, optim, data

                set = data.digits()                                  # {train: {x, y}, test: {x, y}}
                model = nn.sequential(nn.dense(64, 128), relu, nn.dense(128, 10))
                opt = optim.adam(rate=1e-3)

                fn loss(model, x, y) = nn.cross_entropy(model(x), y)

                @graph
                fn step(model, state, x, y) {
                  (l, g) = value_and_grad(loss)(model, x, y)
                  (model, state) = opt.update(model, g, state)
                  (model, state, l)
                }

                state = opt.init(model)
                for epoch in 0..20 {
                  for {x, y} in data.batches(set.train, 64, shuffle=true) {
                    (model, state, l) = step(model, state, x, y)
                  }
                  print("epoch {epoch}: loss {l:.4f}, accuracy {nn.accuracy(model(set.test.x), set.test.y):.3%}")
                }
                """));
        assertEquals("[]", parsed.problems().toString());
        assertEquals("[]",
                Checker.check(parsed, Known.file(Set.of("relu", "value_and_grad", "print", "graph")))
                .toString());
    }
}

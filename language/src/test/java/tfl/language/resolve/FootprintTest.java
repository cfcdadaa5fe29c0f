package tfl.language.resolve;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tfl.language.parse.Parser;
import tfl.language.source.Source;

/**
 * What texts read and bind. A use in {@code x.name(..)} is written {@code x.name}; behind {@code !} stand the names
 * the text had bound by then, and a name bound only perhaps has a {@code ?}.
 */
class FootprintTest {
    private static final Set<String> VARIABLES = Set.of("v", "w");

    private static String describe(String text) {
        var parsed = Parser.parse(Source.of("t", text.replace("⏎", "\n")));
        assertEquals("[]", parsed.problems().toString());
        var footprint = Footprint.of(parsed.module(), VARIABLES);
        var reads = footprint.reads().entrySet().stream().map(each -> (each.getKey().isMethod()
                ? each.getKey().owner() + "." : "") + each.getKey().name()
                + each.getValue().stream().sorted().map(own -> "!" + own).collect(Collectors.joining()));
        var binds = footprint.possible().stream()
                .map(name -> footprint.definite().contains(name) ? name : name + "?");
        return reads.collect(Collectors.joining(" ")) + " > " + binds.collect(Collectors.joining(" "));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', value = {
        "x = a + 1                                  | a > x",
        "x = x + 1                                  | x > x",
        "x = 1 ⏎ y = x                              | > x y",
        "x += 1                                     | x > x",
        "x[i] = a                                   | a x i > x",
        "x = 1 ⏎ x.w = a                            | a!x > x",
        "(a, {b, c: d}) = r                         | r > a b d",
        "print(\"{a} {b:.2f}\")                     | print a b >",
        "if c { x = 1 }                             | c > x?",
        "if c { x = 1 } else { x = 2 } ⏎ x          | c > x",
        "if c { x = 1 } ⏎ x                         | c x > x?",
        "for i in xs { s += i }                     | xs s!i > i? s?",
        "s = 0 ⏎ for i in 0..3 { s += i } ⏎ i       | i!s > s i?",
        "while p(x) { x = q(x) }                    | p x q > x?",
        "a and b ⏎ c or d                           | a b c d >",
        "match v { 0 -> a, (x, y) -> x + y, _ -> 1} | v a > x? y?",
        "match v { 0 -> { z = 1 }, _ -> { z = b } } | v b > z",
        "try { x = f() } catch e { x = 0 } ⏎ x      | f > x e?",
        "try { x = f() ⏎ y = 1 } catch e { x = 0 }  | f > x y? e?",
        "try { x = f() } finally { z = 1 }          | f > x z",
        "(f(x) for x in xs if p(x))                 | xs p f >",
        "map(x -> g(x) + x, xs)                     | map g xs >",
        "xs.map(x -> x + k)                         | xs xs.map k >",
        "nn.dense(2, 3)                             | nn nn.dense >",
        "f(x).sum()                                 | f x .sum >",
        "x.shape                                    | x >",
        // What a function looks up counts where it is mentioned, what it captures where it is made.
        "fn f(x) = g(x) + v                         | v > f",
        "fn f(x) = g(x) ⏎ f(3)                      | g!f > f",
        "fn f(x) = g(x) ⏎ fn g(x) = x ⏎ f(3)        | > f g",
        "fn f(x) = g(x) ⏎ f(3) ⏎ fn g(x) = x        | g!f > f g",
        "fn f(n) = if n == 0 { 1 } else { f(n - 1) } ⏎ f(3) | > f",
        "fn a() = b() ⏎ fn b() = c() ⏎ a()          | c!a!b > a b",
        "f = x -> g(x) ⏎ f(1)                       | g!f > f",
        "k = 2 ⏎ fn f(x) = x * k ⏎ f(1)             | > k f",
        "fn f(x) = x * k ⏎ k = 2 ⏎ f(1)             | > f k",
        "fn f(x) = x * w ⏎ w = 2                    | w > f w",
        "@graph ⏎ fn f(x) = g(x)                    | graph g > f",
        "fn f(x) { y = x ⏎ z = y + q ⏎ z } ⏎ f(1)   | q!f > f",
        "fn f(x: Pair, y: f32[n]) = n + x.a ⏎ f     | Pair!f > f",
        "struct P(a, b=d) { fn call(self) = self.a + h(self) } ⏎ P(1) | h!P d!P > P",
        "import nn, optim as o ⏎ nn.relu(1)         | > nn o",
        "from nn import dense as d ⏎ d(1)           | > d",
        "test \"t\" { assert x }                    | >"})
    void footprints(String text, String expected) {
        assertEquals(expected.startsWith(">") ? " " + expected.strip() : expected.strip(),
                expected.endsWith(">") ? describe(text).stripTrailing() : describe(text));
    }
}

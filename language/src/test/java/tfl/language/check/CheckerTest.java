package tfl.language.check;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tfl.language.parse.Parser;
import tfl.language.resolve.Known;
import tfl.language.source.Source;

class CheckerTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiterString = "=>", quoteCharacter = '§', textBlock = """
            fn f(a, b=1) = a⏎f(1, 2, 3)        =>  2:9 TFL-E0170 f takes at most 2 arguments by position, and gets 3
            fn f() = 1⏎f(2)                    =>  2:3 TFL-E0170 f takes no arguments by position, and gets 1
            fn f(a) = a⏎1 |> f(2)              =>  2:8 TFL-E0170 f takes 1 argument by position, and gets 2
            struct P(w, b)⏎P(1, 2, 3)          =>  2:9 TFL-E0170 P takes at most 2 arguments by position, and gets 3
            fn f(rate=1) = rate⏎f(rte=2)       =>  2:3 TFL-E0171 f has no parameter `rte`
            fn f(a, b) = a⏎f(1)                =>  2:1 TFL-E0172 f needs an argument for `b`
            fn f(*a, k) = a⏎f(1, 2)            =>  2:1 TFL-E0172 f needs an argument for `k`
            struct P(w, b=1)⏎P(b=2)            =>  2:1 TFL-E0172 P needs an argument for `w`
            fn f(a, b=1) = a⏎f(1, a=2)         =>  2:8 TFL-E0173 the parameter `a` gets two values
            fn f(a) = a⏎f(a=1, a=2)            =>  2:8 TFL-E0173 the parameter `a` gets two values
            x = {a: 1, a: 2}                   =>  1:12 TFL-E0173 the field `a` gets two values
            fn f(n: int) = n⏎f("a")            =>  2:3 TFL-E0174 `n` must be int, and gets a str
            fn f(n: float) = n⏎f(1)            =>  §§
            fn f(x: f32[2, n]) = n⏎f([[1.0, 2]])  =>  2:3 TFL-E0174 `x` must be f32[2, n], and gets a tensor of shape (1, 2)
            fn f(x: f32[n], y: f32[n]) = n⏎f(zeros(3), zeros((4,)))  =>  2:13 TFL-E0174 `y` must be f32[n], and gets a tensor of shape (4,)
            fn f(x: f32[..., 3]) = x⏎w = zeros((2, 5))⏎f(w)  =>  3:3 TFL-E0174 `x` must be f32[..., 3], and gets a tensor of shape (2, 5)
            fn f(n: int, x: f32[n*2+1]) = n⏎f(2, zeros(6))  =>  2:6 TFL-E0174 `x` must be f32[n*2+1], and gets a tensor of shape (6,)
            fn f(n: int, x: f32[n*2+1]) = n⏎f(2, zeros(5))  =>  §§
            fn f() { return 1; 2 }             =>  1:20 TFL-E0175 this never runs: it stands behind `return`
            while true { break⏎print(1) }      =>  2:1 TFL-E0175 this never runs: it stands behind `break`
            fn f(a, b) = a⏎t = (1, 2)⏎f(*t); f(**t)  =>  §§
            fn f(a) = a⏎f = 3⏎f(1, 2)          =>  §§
            @print⏎fn f(a) = a⏎f(1, 2)         =>  §§
            @graph⏎fn f(a) = a⏎f(1, 2)         =>  3:6 TFL-E0170 f takes 1 argument by position, and gets 2
            fn f(**o) = o⏎f(a=1)               =>  §§
            fn f(a) = a⏎(f -> f(1, 2))(3)      =>  §§
            prin(1); x = = 2                   =>  1:14 TFL-E0110 expected an expression, found `=`
            fn f(a) = b⏎f()                    =>  1:11 TFL-E0150 unknown name `b`; 2:1 TFL-E0172 f needs an argument for `a`
            """)
    void problems(String text, String problems) {
        var parsed = Parser.parse(Source.of("t", text.replace("⏎", "\n")));
        var found = Checker.check(parsed, Known.file(Set.of("print", "zeros", "graph")));
        assertEquals(problems == null ? "" : problems,
                found.stream().map(each -> each.span().line() + ":" + each.span().column() + " "
                + each.problem().code() + " " + each.problem().message()).collect(Collectors.joining("; ")));
    }
}

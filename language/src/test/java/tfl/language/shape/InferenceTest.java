package tfl.language.shape;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tfl.language.ast.Statement;
import tfl.language.parse.Parser;
import tfl.language.resolve.Known;
import tfl.language.resolve.Resolver;
import tfl.language.source.Source;

/** What is sure of values, and which mistakes are. {@code ⏎} stands for a line break. */
class InferenceTest {
    private static final Set<String> PRELUDE = Set.of(("zeros ones sum mean max reshape concat stack len relu softmax "
            + "astype f64 eye expand_dims squeeze permute_dims vmap print graph error rand one_hot argmax maximum "
            + "where grad value_and_grad").split(" "));

    private static Inference inference(String text) {
        var module = Parser.parse(Source.of("t", text.replace("⏎", "\n"))).module();
        return Inference.of(module, Resolver.resolve(module, Known.file(PRELUDE)));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiterString = "=>", quoteCharacter = '§', textBlock = """
            3 * 4 - 2                                                      =>  int = 10
            2.5                                                            =>  float
            [1, 2, 3]                                                      =>  i64[3]
            [[1.0, 2], [3, 4]]                                             =>  f32[2, 2]
            [true, false]                                                  =>  bool[2]
            (1, "a", [1.0])                                                =>  (int = 1, str, f32[1])
            {w: [1.0], n: 2}                                               =>  {w: f32[1], n: int = 2}
            zeros((3, 4))                                                  =>  f32[3, 4]
            ones(5, dtype=f64)                                             =>  f64[5]
            ones((2, 3)) @ ones((3, 4))                                    =>  f32[2, 4]
            ones((7, 2, 3)) @ ones((3, 4))                                 =>  f32[7, 2, 4]
            ones((2, 3)) @ ones((3,))                                      =>  f32[2]
            ones((2, 1)) + ones((3,))                                      =>  f32[2, 3]
            ones((2, 3)) * 2.5                                             =>  f32[2, 3]
            [1, 2] * 2.5                                                   =>  f32[2]
            [1, 2] + [1.5, 2.5]                                            =>  f32[2]
            ones((2, 3)) > 0                                               =>  bool[2, 3]
            sum(ones((2, 3)), axis=1)                                      =>  f32[2]
            ones((2, 3)).sum(axis=-1, keepdims=true)                       =>  f32[2, 1]
            ones((2, 3)).max()                                             =>  f32[]
            ones((2, 3)).reshape(3, -1)                                    =>  f32[3, 2]
            reshape(ones((2, 3)), (6,))                                    =>  f32[6]
            ones((2, 3)).T                                                 =>  f32[3, 2]
            ones((2, 3))[0]                                                =>  f32[3]
            ones((2, 3))[:, none, 1:]                                      =>  f32[2, 1, 2]
            ones((2, 3, 4))[..., 0]                                        =>  f32[2, 3]
            ones((2, 3)).shape                                             =>  (int = 2, int = 3)
            ones((2, 3)).shape[-1]                                         =>  int = 3
            concat((ones((2, 3)), ones((4, 3))))                           =>  f32[6, 3]
            stack((ones((2, 3)), ones((2, 3))), axis=1)                    =>  f32[2, 2, 3]
            ones((2, 3)) |> relu                                           =>  f32[2, 3]
            argmax(ones((2, 3)), axis=1)                                   =>  i64[2]
            x = ones((4, 3))⏎x[0, 0] = 2⏎x                                 =>  f32[4, 3]
            x = ones((4, 3))⏎for i in 0..3 { x = x + 1 }⏎x                 =>  f32[4, 3]
            x = ones((4, 3))⏎for i in 0..3 { x = concat((x, x)) }⏎x        =>  f32[_, 3]
            x = ones((4, 3))⏎if print() { x = ones((4, 5)) }⏎x             =>  f32[4, _]
            (n, m) = ones((4, 3)).shape⏎zeros((m, n))                      =>  f32[3, 4]
            fn f(x, w) = relu(x @ w)⏎f(ones((2, 3)), ones((3, 4)))         =>  f32[2, 4]
            fn f(x) {⏎if len(x) > 3 { return x }⏎x[0]⏎}⏎f(ones((2, 3)))    =>  f32[3]
            @graph⏎fn f(x) = x.T⏎f(ones((2, 3)))                           =>  f32[3, 2]
            @vmap⏎fn f(x) = x.T⏎f(ones((2, 3)))                            =>  §§
            struct D(w) { fn call(self, x) = x @ self.w }⏎D(ones((3, 4)))(ones((2, 3)))  =>  f32[2, 4]
            struct D(w)⏎D(ones((3, 4))).w                                  =>  f32[3, 4]
            g = x -> x + 1⏎g(ones((2,)))                                   =>  f32[2]
            [ones((3,)) for i in 0..2]                                     =>  f32[_, 3]
            fn f(w, x) = sum(x @ w)⏎grad(f)(ones((3, 4)), ones((2, 3)))    =>  f32[3, 4]
            fn f(w, x) = sum(x @ w)⏎value_and_grad(f)(ones((3, 4)), ones((2, 3)))  =>  (f32[], f32[3, 4])
            fn f(x) = x.T⏎g = graph(f)⏎g(ones((2, 3)))                     =>  f32[3, 2]
            unknown(3)                                                     =>  §§
            """)
    void values(String text, String value) {
        var module = Parser.parse(Source.of("t", text.replace("⏎", "\n"))).module();
        var inference = Inference.of(module, Resolver.resolve(module, Known.file(PRELUDE)));
        var last = (Statement.Expression) module.statements().getLast();
        assertEquals(value == null ? "" : value, inference.of(last.value()).toString());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiterString = "=>", quoteCharacter = '§', textBlock = """
            ones((2, 3)) @ ones((4, 5))                                    =>  301 1
            fn f(x: f32[b, 3], y: f32[4, c]) = x @ y                       =>  301 1
            fn f(x: f32[b, n], y: f32[n+1, c]) = x @ y                     =>  301 1
            fn f(x: f32[b, n], y: f32[m, c]) = x @ y                       =>  §§
            fn f(x: f32[b, 3]) = x.reshape(b, 4)                           =>  §§
            fn f(x: f32[b, n], y: f32[n+1]) = x + y                        =>  §§
            fn f(x: f32[b, 3]) -> f32[b, 4] = x                            =>  241 1
            fn f(x: f32[b, 3]) -> f32[b, 3] = x                            =>  §§
            fn f(x: f32[b, 3]) -> f32[b] = sum(x, axis=0)                  =>  §§
            fn f(x, w) {⏎x @ w⏎}⏎f(ones((2, 3)), ones((4, 5)))             =>  301 2
            fn f(x) {⏎if x.rank == 1 { return x }⏎x @ ones((4, 2))⏎}⏎f(ones((3,)))       =>  §§
            fn f(x, ok) {⏎if ok { return x }⏎x @ ones((4, 2))⏎}⏎f(ones((3,)), print())   =>  §§
            fn f(x, w) = if x.shape[-1] == w.shape[0] { x @ w } else { x }⏎f(ones((2, 3)), ones((4, 5)))  =>  §§
            try { ones((2, 3)) @ ones((4, 5)) } catch e { 1 }              =>  §§
            print(() -> ones((2, 3)) @ ones((4, 5)))                       =>  §§
            x = ones((2, 3))⏎x = ones((3, 4))⏎ones((2, 3)) @ x             =>  §§
            w = ones((5, 2))⏎fn f(x: f32[3, 4]) = x @ w                    =>  301 2
            for x in (ones((2,)), ones((3,))) { x + ones((2,)) }           =>  §§
            ones((2, 3)) + ones((4,))                                      =>  302 1
            ones((2, 3)).sum(axis=2)                                       =>  304 1
            ones((2, 3))[2]                                                =>  305 1
            ones((2, 3))[0, 0, 0]                                          =>  325 1
            ones((2, 3)).reshape(4)                                        =>  306 1
            [ones((2,)), ones((3,))]                                       =>  352 1
            x = ones((2, 3))⏎x += ones((4,))                               =>  302 2
            softmax(ones((2, 3)), axis=5)                                  =>  304 1
            concat((ones((2, 3)), ones((2, 4))))                           =>  307 1
            ones((3, 4)) @ ones((4,)) @ ones((7,))                         =>  301 1
            fn f(w) = sum(w @ ones((3, 1)))⏎grad(f)(ones((2, 2)))          =>  301 1
            fn f(x: f32[n]) -> f32[n] = x[1:]⏎f(ones((4,)))                =>  241 1
            fn f(x: f32[n]) -> f32[n] {⏎if n > 2 { return x }⏎x[1:]⏎}⏎f(ones((4,)))  =>  §§
            test "t" { ones((2, 3)) @ ones((4, 5)) }                       =>  301 1
            """)
    void mistakes(String text, String expected) {
        assertEquals(expected == null ? "" : expected, inference(text).problems().stream()
                .map(each -> each.problem().code().substring(6) + " " + each.span().line())
                .collect(Collectors.joining("; ")));
    }
}

package tfl.language.symbol;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tfl.language.parse.Parser;
import tfl.language.resolve.Known;
import tfl.language.resolve.Resolver;
import tfl.language.source.Source;

/** Which places a name's symbol has: the places of the symbol at {@code |} are put in {@code ⟨ ⟩}. */
class SymbolTableTest {
    private static SymbolTable table(String text) {
        var module = Parser.parse(Source.of("t", text)).module();
        return SymbolTable.of(module, Resolver.resolve(module, Known.file(Set.of("sum", "print"))));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiterString = "=>", quoteCharacter = '§', textBlock = """
            |x = 1; y = x; x += y                       =>  ⟨x⟩ = 1; y = ⟨x⟩; ⟨x⟩ += y
            x = 1; f = |x -> x + 1; x                   =>  x = 1; f = ⟨x⟩ -> ⟨x⟩ + 1; x
            |x = 1; fn f(y) = x + y; f(x)               =>  ⟨x⟩ = 1; fn f(y) = ⟨x⟩ + y; f(⟨x⟩)
            x = 1; fn f() { |x = 2; x }; x              =>  x = 1; fn f() { ⟨x⟩ = 2; ⟨x⟩ }; x
            g(1); fn |g(n) = if n > 0 { g(n - 1) } else { n }  =>  ⟨g⟩(1); fn ⟨g⟩(n) = if n > 0 { ⟨g⟩(n - 1) } else { n }
            fn f(|rate=1) = rate; f(rate=2)             =>  fn f(⟨rate⟩=1) = ⟨rate⟩; f(⟨rate⟩=2)
            fn f(x) = g(x); fn g(y) = |z + y; z = 3     =>  fn f(x) = g(x); fn g(y) = ⟨z⟩ + y; ⟨z⟩ = 3
            xs = 1..3; [|x * x for x in xs]; x = 2      =>  xs = 1..3; [⟨x⟩ * ⟨x⟩ for ⟨x⟩ in xs]; x = 2
            fn f(x: f32[|b, n]) = b * 2                 =>  fn f(x: f32[⟨b⟩, n]) = ⟨b⟩ * 2
            struct P(x) { fn len(self) = self.x }; |P(x=1)  =>  struct ⟨P⟩(x) { fn len(self) = self.x }; ⟨P⟩(x=1)
            struct P(|x) { fn len(self) = self.x }; P(x=1)  =>  struct P(⟨x⟩) { fn len(self) = self.⟨x⟩ }; P(⟨x⟩=1)
            {x, y} = r; |x + y                          =>  {⟨x⟩, y} = r; ⟨x⟩ + y
            |x = 1; r = {x}; r.x                        =>  ⟨x⟩ = 1; r = {⟨x⟩}; r.x
            |s = 1; "a {s} b {s + 1:.2f}"               =>  ⟨s⟩ = 1; "a {⟨s⟩} b {⟨s⟩ + 1:.2f}"
            import nn; nn.|dense(1); nn.dense           =>  import nn; nn.⟨dense⟩(1); nn.⟨dense⟩
            from nn import |dense; dense(3)             =>  from nn import ⟨dense⟩; ⟨dense⟩(3)
            try { 1 } catch |e { e.message }            =>  try { 1 } catch ⟨e⟩ { ⟨e⟩.message }
            match 1 { (|a, *b) -> a + b, _ -> 2 }       =>  match 1 { (⟨a⟩, *b) -> ⟨a⟩ + b, _ -> 2 }
            fn f() { fn |g(n) = g(n - 1); g(2) }        =>  fn f() { fn ⟨g⟩(n) = ⟨g⟩(n - 1); ⟨g⟩(2) }
            fn f(x) = x; y = 1; y.|f()                  =>  fn ⟨f⟩(x) = x; y = 1; y.⟨f⟩()
            𝛼 = "𝄞"; |β = 2; β + 1                      =>  𝛼 = "𝄞"; ⟨β⟩ = 2; ⟨β⟩ + 1
            """)
    void places(String marked, String expected) {
        int at = marked.indexOf('|');
        var text = marked.substring(0, at) + marked.substring(at + 1);
        var table = table(text);
        var shown = new StringBuilder(text);
        var found = table.of(table.at(at).orElseThrow().symbol());
        for (var each : found.reversed()) {
            shown.insert(each.span().end(), "⟩").insert(each.span().start(), "⟨");
        }
        assertEquals(expected, shown.toString());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiterString = "=>", quoteCharacter = '§', textBlock = """
            x = 1; fn f(y) { z = 2; | }; w = 3          =>  f w x y z
            x = 1; fn f(y) { z = 2 }; |                 =>  f x
            [| for i in 0..3]; j = 1                    =>  i j
            fn f(a) { fn g(b) { | } }                   =>  a b f g
            """)
    void visible(String marked, String names) {
        int at = marked.indexOf('|');
        var text = marked.substring(0, at) + "0" + marked.substring(at + 1);
        assertEquals(names, new TreeSet<>(table(text).visibleAt(at).keySet()).stream()
                .collect(Collectors.joining(" ")));
    }
}

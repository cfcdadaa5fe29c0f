package tfl.language.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tfl.language.ast.TreePrinter;
import tfl.language.source.Source;

/** One line, one case: text, then tree. {@code ⏎} stands for a line break. */
class ParserTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiterString = "=>", quoteCharacter = '§', textBlock = """
            1 + 2 * 3                       =>  (+ 1 (* 2 3))
            1 - 2 - 3                       =>  (- (- 1 2) 3)
            (1 + 2) * 3                     =>  (* (+ 1 2) 3)
            -x ** 2                         =>  (- (** x 2))
            2 ** -x ** 2                    =>  (** 2 (- (** x 2)))
            2 ** 3 ** 2                     =>  (** 2 (** 3 2))
            a @ b * c                       =>  (* (@ a b) c)
            a // b % c                      =>  (% (// a b) c)
            a | b ^ c & d << 1 + e          =>  (| a (^ b (& c (<< d (+ 1 e)))))
            a or b and not c == d           =>  (or a (and b (not (compare c == d))))
            not a in b                      =>  (not (compare a in b))
            a not in b                      =>  (compare a not in b)
            0 < x <= 10                     =>  (compare 0 < x <= 10)
            ~a & b                          =>  (& (~ a) b)
            a == not b                      =>  (compare a == (not b))
            0..n + 1                        =>  (.. 0 (+ n 1))
            0..=10 by 2                     =>  (..= 0 10 2)
            10..0 by -1 == r                =>  (compare (.. 10 0 (- 1)) == r)
            1..2                            =>  (.. 1 2)
            1.5..x.n                        =>  (.. 1.5 (. x n))
            a |> f(b) |> g                  =>  (|> (|> a (call f b)) g)
            x -> y -> x + y                 =>  (fn (x) (fn (y) (+ x y)))
            (x, y=1, *r, **o) -> x          =>  (fn (x y=1 *r **o) x)
            () -> 1                         =>  (fn () 1)
            ({x, y}) -> x                   =>  (fn ((fields x:x y:y)) x)
            x -> { y = x; y }               =>  (fn (x) {(= y x) y})
            x -> {y: x}                     =>  (fn (x) (record y:x))
            x -> { x }                      =>  (fn (x) {x})
            f(x -> x + 1, 2)                =>  (call f (fn (x) (+ x 1)) 2)
            f(x, rate=0.2, *t, **r)         =>  (call f x rate=0.2 *t **r)
            f(x for x in xs)                =>  (call f (tuple-of x (for x xs)))
            f()(1)[2].c                     =>  (. (index (call (call f) 1) 2) c)
            x[0, -1, 1:5, ::-1, ..., none]  =>  (index x 0 (- 1) (: 1 5 _) (: _ _ (- 1)) ... none)
            x[:]                            =>  (index x (: _ _ _))
            x[:, none]                      =>  (index x (: _ _ _) none)
            x[a:, :b]                       =>  (index x (: a _ _) (: _ b _))
            ()                              =>  (tuple)
            (a,)                            =>  (tuple a)
            (a)                             =>  a
            (a, *b)                         =>  (tuple a *b)
            [[1.0, 2], [3, 4]]              =>  (tensor (tensor 1.0 2) (tensor 3 4))
            []                              =>  (tensor)
            (f(x) for x in xs if p(x))      =>  (tuple-of (call f x) (for x xs) (if (call p x)))
            [a * b for a in x for (b, _) in y]  =>  (tensor-of (* a b) (for a x) (for (tuple b _) y))
            {w: x, "a b": y, ...r, z}       =>  (record w:x a b:y ...r z:z)
            {}                              =>  (record)
            {x}                             =>  (record x:x)
            { f(x); y }                     =>  {(call f x) y}
            r = {⏎  a: 1,⏎  b: 2⏎}          =>  (= r (record a:1 b:2))
            r.in                            =>  (. r in)
            (a, b) = t                      =>  (= (tuple a b) t)
            (head, *tail) = t               =>  (= (tuple head *tail) t)
            {x, y: (a, _)} = r              =>  (= (fields x:x y:(tuple a _)) r)
            {x, ...rest} = r                =>  (= (fields x:x ...rest) r)
            () = f()                        =>  (= (tuple) (call f))
            x[0, :] = 1                     =>  (= x[0 (: _ _ _)] 1)
            x[i, :] += v                    =>  (+= x[i (: _ _ _)] v)
            m.layers[2].b = z               =>  (= m.layers[2].b z)
            x **= 2                         =>  (**= x 2)
            s <<= 1                         =>  (<<= s 1)
            fn f(x) = x                     =>  (def f (fn (x) x))
            fn f(x: f32[b, 2, n*2+1, _, ...], y: int = 3) -> fn { return }  =>  (def f (fn (x:f32[b,2,n*2+1,_,...] y:int=3) -> fn {(return)}))
            fn f(a: f32[3*n], b: nn.Dense) = 1  =>  (def f (fn (a:f32[n*3] b:nn.Dense) 1))
            fn f((a, b), {x}) = a           =>  (def f (fn ((tuple a b) (fields x:x)) a))
            @graph⏎fn f() = 1               =>  (def f @graph (fn () 1))
            @a.b⏎@graph(device="cuda:0")⏎fn f() = 1  =>  (def f @(. a b) @(call graph device="cuda:0") (fn () 1))
            ## one⏎## two⏎fn f() = 1        =>  (def f (fn () 1) ##"one\\ntwo")
            ## module⏎⏎## f⏎fn f() = 1      =>  (doc "module") (def f (fn () 1) ##"f")
            struct P(w, static n, b: int = 1)  =>  (struct P (w static n b:int=1))
            struct P(w) {⏎  fn call(self, x) = x⏎  ## s⏎  fn show(self) = "p"⏎}  =>  (struct P (w) (def call (fn (self x) x)) (def show (fn (self) "p") ##"s"))
            struct P                        =>  (struct P ())
            import nn, optim as o           =>  (import library:nn library:optim/o)
            import "./lib/model.tfl"        =>  (import file:./lib/model.tfl/model)
            import "./m-1.tfl" as m         =>  (import file:./m-1.tfl/m)
            import java "java.time.Instant" =>  (import java:java.time.Instant/Instant)
            from nn import dense, relu as r =>  (from library:nn dense relu/r)
            from "./a.tfl" import b         =>  (from file:./a.tfl/a b)
            from = 1; from                  =>  (= from 1) from
            test "t" { assert x, "m" }      =>  (test "t" {(assert x "m")})
            test = 1; test + 1              =>  (= test 1) (+ test 1)
            bench "b" { measure(f) }        =>  (bench "b" {(call measure f)})
            bench = 1; bench + 1            =>  (= bench 1) (+ bench 1)
            if a { 1 } else if b { 2 } else { 3 }  =>  (if a {1} (if b {2} {3}))
            if a { 1 }⏎else { 2 }           =>  (if a {1} {2})
            x = if a { 1 } else { 2 }       =>  (= x (if a {1} {2}))
            while true { break; continue }  =>  (while true {break continue})
            for {x, y} in f(d) { x }        =>  (for (fields x:x y:y) (call f d) {x})
            match v { 0 -> a, -1.5 -> b, (x, *_) -> c }  =>  (match v ('0 -> a) ('-1.5 -> b) ((tuple x *_) -> c))
            match v {⏎  {kind: "x", n} -> n⏎  s: str -> s⏎  n if n > 0 -> { n }⏎  _ -> {a: 1}⏎}  =>  (match v ((fields kind:'"x" n:n) -> n) ((: s str) -> s) (n if (compare n > 0) -> {n}) (_ -> (record a:1)))
            try { f() } catch e { e } finally { g() }  =>  (try {(call f)} (catch e {e}) (finally {(call g)}))
            try { f() }⏎catch { 1 }         =>  (try {(call f)} (catch _ {1}))
            a;                              =>  a ;
            a;;b                            =>  a b
            """)
    void expressionsAndStatements(String text, String tree) {
        assertParses(text.replace("⏎", "\n"), tree);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiterString = "=>", quoteCharacter = '§', textBlock = """
            a⏎b                 =>  a b
            a +⏎b               =>  (+ a b)
            a⏎-b                =>  a (- b)
            f⏎(a, b) = t        =>  f (= (tuple a b) t)
            x⏎[1]               =>  x (tensor 1)
            (a⏎+ b)             =>  (+ a b)
            f(⏎a,⏎b⏎)           =>  (call f a b)
            a⏎  .sum()⏎  |> f   =>  (|> (call (. a sum)) f)
            a # c⏎# d⏎  .b      =>  (. a b)
            x =⏎1               =>  (= x 1)
            f(x -> {⏎a⏎b⏎})     =>  (call f (fn (x) {a b}))
            [x -> { a = 1⏎-a }, 2]  =>  (tensor (fn (x) {(= a 1) (- a)}) 2)
            a and⏎b             =>  (and a b)
            return⏎a            =>  (return) a
            0..⏎3               =>  (.. 0 3)
            if a⏎{ b }          =>  (if a {b})
            fn f(x)⏎{ x }       =>  (def f (fn (x) {x}))
            """)
    void lineBreaks(String text, String tree) {
        assertParses(text.replace("⏎", "\n"), tree);
        assertParses(text.replace("⏎", "\r\n"), tree);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiterString = "=>", quoteCharacter = '§', textBlock = """
            1_000               =>  1000
            0xff                =>  255
            0b101               =>  5
            0o17                =>  15
            3i32                =>  3i32
            1f64                =>  1.0f64
            1.5bf16             =>  1.5bf16
            0xffu8              =>  255u8
            1bf16               =>  1.0bf16
            1e-3                =>  0.001
            1E3                 =>  1000.0
            .5                  =>  0.5
            1.                  =>  1.0
            1.sum()             =>  (call (. 1 sum))
            9223372036854775807 =>  9223372036854775807
            -9223372036854775808  =>  -9223372036854775808
            θ + ∇f + x₁ + x²    =>  (+ (+ (+ θ ∇f) x₁) x²)
            "a{x}b{y:.4f}"      =>  (string "a" {x} "b" {y:.4f})
            "{{x}} \\"q\\" \\u03b8 \\u{1f600} \\x41"  =>  "{x} \\"q\\" θ 😀 A"
            "{f("a", {k: 1}.k):>8}"  =>  (string {(call f "a" (. (record k:1) k)):>8})
            "{x[1:2]}"          =>  (string {(index x (: 1 2 _))})
            r"\\d{3}"           =>  "\\\\d{3}"
            \"""⏎a "b" {c}⏎\""" =>  (string "\\na \\"b\\" " {c} "\\n")
            ""                  =>  ""
            "a{x:,}"            =>  (string "a" {x:,})
            """)
    void literals(String text, String tree) {
        assertParses(text.replace("⏎", "\n"), tree);
    }

    private static void assertParses(String text, String tree) {
        var parsed = Parser.parse(Source.of("test.tfl", text));
        assertEquals("[]", parsed.problems().toString(), text);
        assertEquals(tree, TreePrinter.print(parsed.module()));
    }
}

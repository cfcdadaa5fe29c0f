package tfl.language.resolve;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tfl.language.ast.Annotation;
import tfl.language.ast.Children;
import tfl.language.ast.Expr;
import tfl.language.ast.Function;
import tfl.language.ast.Identifier;
import tfl.language.ast.Node;
import tfl.language.ast.Pattern;
import tfl.language.ast.Statement;
import tfl.language.parse.Parser;
import tfl.language.source.Source;

/**
 * Each name of the text with where it lives: a slot's number, {@code D}efinition, {@code C}ell or
 * {@code G}lobal; then the frames.
 */
class ResolverTest {
    private static final Set<String> GLOBALS = Set.of("print", "sum", "len", "map");
    private static final Known FILE = Known.file(GLOBALS);

    private static Resolution resolve(String text, Known known) {
        var parsed = Parser.parse(Source.of("t", text.replace("⏎", "\n")));
        assertEquals("[]", parsed.problems().toString());
        return Resolver.resolve(parsed.module(), known);
    }

    private static String describe(String text, Known known) {
        var parsed = Parser.parse(Source.of("t", text.replace("⏎", "\n")));
        var resolution = Resolver.resolve(parsed.module(), known);
        assertEquals("[]", resolution.problems().toString(), text);
        var names = new ArrayList<String>();
        var frames = new ArrayList<String>();
        frames.add(frame("module", resolution.module()));
        walk(parsed.module(), resolution, names, frames);
        return String.join(" ", names) + " | " + String.join(" ", frames);
    }

    private static void walk(Node node, Resolution resolution, List<String> names, List<String> frames) {
        switch (node) {
            case Expr.Name name -> names.add(name.name() + place(resolution.of(name)));
            case Expr.Field field when resolution.of(field) != null ->
                    names.add("." + field.name() + place(resolution.of(field)));
            case Pattern.Bind bind -> names.add(bind.name() + place(resolution.of(bind)));
            case Identifier name when resolution.of(name) != null ->
                    names.add(name.text() + place(resolution.of(name)));
            case Annotation.Named name when resolution.of(name) != null ->
                    names.add(name.name() + place(resolution.of(name)));
            case Annotation.Dim.Named dim when resolution.of(dim) != null ->
                    names.add(dim.name() + place(resolution.of(dim)));
            case Function function -> frames.add(frame("fn", resolution.scope(function)));
            case Statement.StructDefinition struct -> frames.add(frame("struct", resolution.scope(struct)));
            default -> { }
        }
        Children.of(node).forEach(child -> walk(child, resolution, names, frames));
    }

    private static String place(Reference reference) {
        return switch (reference) {
            case Reference.Local(int slot) -> String.valueOf(slot);
            case Reference.Definition _ -> "D";
            case Reference.Cell _ -> "C";
            case Reference.Global _ -> "G";
        };
    }

    private static String frame(String kind, Scope scope) {
        var parts = new ArrayList<String>();
        parts.add(String.join(",", scope.slots()));
        scope.captures().forEach(each -> parts.add(each.outer() + ">" + each.inner()));
        scope.self().ifPresent(slot -> parts.add("self=" + slot));
        scope.dimensions().forEach(each -> parts.add((each.isParameter() ? "size==" : "dim ") + each.slot()));
        return kind + "(" + String.join(" ", parts) + ")";
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiterString = "=>", quoteCharacter = '§', textBlock = """
            x = 1; x                              =>  x0 x0 | module(x)
            x = 1; print(x)                       =>  x0 printG x0 | module(x)
            fn f(a) { b = a; b }                  =>  fD a0 b1 a0 b1 | module() fn(a,b)
            x = 1; fn f() = x                     =>  x0 fD x0 | module(x) fn(x 0>0)
            fn f() = x⏎x = 1⏎x                    =>  fD xC xC xC | module() fn()
            fn f(x) = x⏎x = 1                     =>  fD x0 x0 x0 | module(x) fn(x)
            fn f() = g()⏎fn g() = f()             =>  fD gD gD fD | module() fn() fn()
            fn f() = f()                          =>  fD fD | module() fn()
            fn f() { fn g(n) = g(n); g }          =>  fD g0 n0 g1 n0 g0 | module() fn(g) fn(n,g self=1)
            f = n -> f(n)                         =>  f0 n0 f1 n0 | module(f) fn(n,f self=1)
            x = 1; fn f() { y = 2; () -> x + y }  =>  x0 fD y0 x0 y1 | module(x) fn(y,x 0>1) fn(x,y 1>0 0>1)
            fn f(x, k=x) = k                      =>  fD x0 k1 x0 k1 | module() fn(x,k)
            fn f(x: f32[n, m*2], m) = n           =>  fD x0 m1 n2 | module() fn(x,m,n dim 2 size==1)
            (i for i in 0..3)                     =>  i0 i0 | module(i)
            i = 1; (i for i in i..3); i           =>  i0 i1 i1 i0 i0 | module(i,i)
            fn f(xs) = (x -> x + y for y in xs)   =>  fD xs0 x0 x0 y1 y1 xs0 | module() fn(xs,y) fn(x,y 1>1)
            (a * b for a in 0..3 for b in a..3 if b)  =>  a0 b1 a0 b1 a0 b1 | module(a,b)
            for (i, x) in 0..3 { y = i }          =>  i0 x1 y2 i0 | module(i,x,y)
            match 1 { n if n -> n, {a, ...r} -> r }  =>  n0 n0 n0 a1 r2 r2 | module(n,a,r)
            try { 1 } catch e { e }               =>  e0 e0 | module(e)
            struct P(w, h=w) { fn g(self) = P }   =>  PD w0 h1 w0 self0 PD | module() struct(w,h) fn(self)
            fn f(c) { struct P(w=c) { fn g(self) = P(c) }; P }  =>  fD c0 P1 w0 c1 self0 P1 c2 P1 | module() fn(c,P) struct(w,c 0>1) fn(self,P,c 1>1 0>2)
            fn f(s: P) = s⏎struct P(x)            =>  fD s0 PD s0 PD x0 | module() fn(s) struct(x)
            import nn; nn.f; fn g() = nn          =>  nnD nnD gD nnD | module() fn()
            fn f() { from nn import a as b; b }   =>  fD b0 b0 | module() fn(b)
            x = 1; x[0] = x; x.a += 1             =>  x0 x0 x0 x0 | module(x)
            fn f(x) { x[0] = 1; x }               =>  fD x0 x0 x0 | module() fn(x)
            sum = 1; sum                          =>  sum0 sum0 | module(sum)
            fn f(x) = x; f = sum(f)               =>  fD x0 x0 fD sumG fD | module() fn(x)
            x = 1; x.sum(); x.len; x.zzz()        =>  x0 x0 .sumG x0 x0 | module(x)
            fn f(g) = 1.g() + 1.f() + 1.h()⏎h = 2  =>  fD g0 .g0 .fD h0 | module(h) fn(g)
            h = 2; fn f() = 1.h()                 =>  h0 fD .h0 | module(h) fn(h 0>0)
            test "t" { a = 1; a }                 =>  a0 a0 | module() fn(a)
            bench "b" { a = 1; a }                =>  a0 a0 | module() fn(a)
            "{len} {(x -> len(x))(1)}"            =>  lenG x0 lenG x0 | module() fn(x)
            """)
    void places(String text, String places) {
        var description = describe(text, FILE);
        assertEquals(sorted(places), sorted(description), description);
    }

    /** Children come in the tree's order, which is not always the text's. */
    private static String sorted(String description) {
        var halves = description.split("\\|", 2);
        return halves[0].strip().lines().flatMap(line -> Arrays.stream(line.split(" "))).sorted()
                .collect(Collectors.joining(" ")) + " |" + halves[1];
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiterString = "=>", quoteCharacter = '§', textBlock = """
            prin(1)                        =>  1 TFL-E0150 unknown name `prin` [did you mean `print`?]
            fn f(count) = cuont            =>  15 TFL-E0150 unknown name `cuont` [did you mean `count`?]
            zzz                            =>  1 TFL-E0150 unknown name `zzz` []
            x = None                       =>  5 TFL-E0150 unknown name `None` [write `none`]
            print(a, b)                    =>  7 TFL-E0150 unknown name `a` []; 10 TFL-E0150 unknown name `b` []
            (i for i in 0..3); i           =>  20 TFL-E0150 unknown name `i` []
            x[0] = 1                       =>  1 TFL-E0150 unknown name `x` []
            fn f(s: strr) = s              =>  9 TFL-E0150 unknown name `strr` [did you mean `str`?]
            n = 1; fn f() { n += 1 }       =>  17 TFL-E0151 a function cannot change `n`, which lives outside of it [take it as a parameter and return the new value]
            sum += 1                       =>  1 TFL-E0151 cannot change `sum`, which belongs to the prelude [bind a variable of your own first: x = sum]
            fn f(a, a) = a                 =>  9 TFL-E0152 the parameter `a` is there twice []
            (a, a) = (1, 2)                =>  5 TFL-E0152 the name `a` is there twice []
            struct P(a, a)                 =>  13 TFL-E0152 the field `a` is there twice []
            struct P(a) { fn a(self) = 1 }  =>  18 TFL-E0152 the method `a` is there twice []
            break                          =>  1 TFL-E0153 `break` outside of a loop []
            while true { f = () -> { break } }  =>  26 TFL-E0153 `break` outside of a loop []
            return 1                       =>  1 TFL-E0153 `return` outside of a function []
            fn f(x: f31[n]) = x            =>  9 TFL-E0154 `f31` is no dtype [did you mean `f32`?]
            fn f(x: f32[..., ...]) = x     =>  9 TFL-E0154 a shape has one ... at most []
            fn f() { test "t" { 1 } }      =>  10 TFL-E0155 a test inside a function [move it to the top of the file]
            fn f() { bench "b" { 1 } } =>  10 TFL-E0155 a benchmark inside a function [move it to the top of the file]
            """)
    void problems(String text, String problems) {
        assertEquals(problems,
                resolve(text, FILE).problems().stream()
                .map(each -> each.span().column() + " " + each.problem().code() + " "
                + each.problem().message() + " [" + each.problem().help().orElse("") + "]")
                        .collect(Collectors.joining("; ")));
    }

    @Test
    void aPromptLoadsWhatExistsAndStoresWhatIsBound() {
        var known = new Known(GLOBALS, Set.of("f"), Set.of("x", "y", "z"), true);
        var resolution = resolve("x += 1; a = y; (i for i in 0..2); f(a); fn g() = later", known);
        assertEquals("[]", resolution.problems().toString());
        assertEquals("[x, y]", resolution.loads().stream().map(Resolution.ModuleVariable::name).sorted()
                .toList().toString());
        assertEquals("[a, x]", resolution.stores().stream().map(Resolution.ModuleVariable::name).sorted()
                .toList().toString());
        assertEquals("a0 fD gD laterC y1 | module(a,y) fn()",
                sorted(describe("a = y; f; fn g() = later", known)));
    }

    @Test
    void aPromptStillComplainsAboutUnknownNamesOutsideOfFunctions() {
        assertEquals(1, resolve("later", new Known(GLOBALS, Set.of(), Set.of(), true)).problems().size());
    }

    @Test
    void dimensionsOfMatchPatternsAreVariables() {
        assertEquals("n1 n1 x0 x0 | module(x,n)",
                sorted(describe("x = 1; match x { _: f32[n] -> n }", FILE)));
    }
}

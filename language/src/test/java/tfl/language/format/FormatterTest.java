package tfl.language.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tfl.language.source.Source;

class FormatterTest {
    private static String format(String text) {
        return Formatter.format(Source.of("t", text)).orElseThrow();
    }

    private static void assertFormats(String before, String after) {
        assertEquals(after, format(before));
        assertEquals(after, format(after), "a second time");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiterString = "=>", quoteCharacter = '§', textBlock = """
            a+b*c                      =>  a + b * c
            (a+b)*c                    =>  (a + b) * c
            (a*b)+c                    =>  (a * b) + c
            x=(a)                      =>  x = a
            a-(b-c)                    =>  a - (b - c)
            -x**2                      =>  -x ** 2
            (-x)**2                    =>  (-x) ** 2
            not  a==b                  =>  not a == b
            a and(b or c)              =>  a and (b or c)
            0..10   by 2               =>  0..10 by 2
            1. ..x                     =>  1.0..x
            f( a,b =1,*c,** d )        =>  f(a, b=1, *c, **d)
            f((x for x in xs))         =>  f(x for x in xs)
            x[ 1 :5,...,: ]            =>  x[1:5, ..., :]
            ( a , )                    =>  (a,)
            {a:1,...r,"b c":2,x:x}     =>  {a: 1, ...r, "b c": 2, x}
            x->{y:x}                   =>  x -> {y: x}
            x->({})                    =>  x -> ({})
            x->({x})                   =>  x -> {x: x}
            (x)->x                     =>  x -> x
            (x:int=3,y=2)->x           =>  (x: int = 3, y=2) -> x
            a|>f(b)|>g                 =>  a |> f(b) |> g
            x[i,:]+=v                  =>  x[i, :] += v
            fn f(a,b=2)->int=a         =>  fn f(a, b=2) -> int = a
            fn f(x:f32[n,m*2+1,_,...]){x}  =>  fn f(x: f32[n, m*2+1, _, ...]) { x }
            if a{b}else if c{d}else{e} =>  if a { b } else if c { d } else { e }
            match v{0->a,n if n>0->b}  =>  match v { 0 -> a, n if n > 0 -> b }
            try{a}catch e{b}finally{c} =>  try { a } catch e { b } finally { c }
            assert a,"m"               =>  assert a, "m"
            import  nn,optim  as o     =>  import nn, optim as o
            import java "a.B"          =>  import java "a.B"
            from nn import a  as b     =>  from nn import a as b
            struct P(w,static n:int=1)  =>  struct P(w, static n: int = 1)
            test  "t"{a}               =>  test "t" { a }
            bench  "b"{measure(f,x)}   =>  bench "b" { measure(f, x) }
            "a{ x+1 :.4f}" ;           =>  "a{ x+1 :.4f}";
            a  # c                     =>  a  # c
            """)
    void oneLine(String before, String after) {
        assertFormats(before, after + "\n");
    }

    @Test
    void longOperatorsBeginOnALineOfTheirOwn() {
        assertFormats("""
                fn attend(q: f32[t, d], k: f32[s, d], v: f32[s, d]) -> f32[t, d] = softmax(q @ k.T / 8.00, axis=-1) @ v
                total = first_long_name * second_long_name + third_long_name * fourth_long_name - fifth_long_name / 2
                scaled = 2 * [
                [1, 2],
                [3, 4]]
                """, """
                fn attend(q: f32[t, d], k: f32[s, d], v: f32[s, d]) -> f32[t, d] =
                  softmax(q @ k.T / 8.00, axis=-1) @ v
                total =
                  first_long_name * second_long_name + third_long_name * fourth_long_name - fifth_long_name / 2
                scaled = 2 * [
                  [1, 2],
                  [3, 4],
                ]
                """);
    }

    @Test
    void commentsBehindCodeStayAligned() {
        assertFormats("""
                a = 1      # one
                bcd = 234  # two
                e=5 # three
                """, """
                a = 1      # one
                bcd = 234  # two
                e = 5  # three
                """);
    }

    @Test
    void statementsCommentsAndEmptyLines() {
        assertFormats("""
                # top
                import nn


                ## Adds.
                fn f(x) {
                      # first
                      y=x   # why

                      # last thing
                      y
                      # end
                }
                a=1;b=2
                # tail
                """, """
                # top
                import nn

                ## Adds.
                fn f(x) {
                  # first
                  y = x   # why

                  # last thing
                  y
                  # end
                }
                a = 1
                b = 2
                # tail
                """);
    }

    @Test
    void commentsInLists() {
        assertFormats("""
                f(1, # one
                   2
                  # end
                )
                x = { # all
                  a: 1, b: 2 }
                match v {
                  # zero
                  0 -> a # a
                  _ -> {
                    b }
                }
                """, """
                f(
                  1,  # one
                  2,
                  # end
                )
                x = {
                  # all
                  a: 1,
                  b: 2,
                }
                match v {
                  # zero
                  0 -> a  # a
                  _ -> {
                    b
                  }
                }
                """);
    }

    @Test
    void aCommentWithoutAPlaceKeepsTheStatementAsItIs() {
        assertFormats("x =  a + # why\n     b\ny=1\n", "x =  a + # why\n     b\ny = 1\n");
    }

    @Test
    void longLinesBreak() {
        assertFormats(
                "result = some_function_name(first_argument_value, second_argument_value, "
                + "third_argument_value, fourth=4)\n"
                + "total = first_long_operand_name * 2 + second_long_operand_name * 3 - "
                + "third_long_operand_name / fourth_operand\n"
                + "y = data.lines(path) |> filter(line -> len(line) > 0) |> map(line -> "
                + "line.split(\",\")) |> shuffle(1000)\n"
                + "model = nn.sequential(nn.dense(64, 128), relu)\n", """
                result = some_function_name(
                  first_argument_value,
                  second_argument_value,
                  third_argument_value,
                  fourth=4,
                )
                total =
                  first_long_operand_name * 2 + second_long_operand_name * 3 -
                    third_long_operand_name / fourth_operand
                y = data.lines(path)
                  |> filter(line -> len(line) > 0)
                  |> map(line -> line.split(","))
                  |> shuffle(1000)
                model = nn.sequential(nn.dense(64, 128), relu)
                """);
    }

    @Test
    void aFunctionAsLastArgumentStaysOnTheLine() {
        assertFormats("map( xs,x->{\ny = x\ny})\n", "map(xs, x -> {\n  y = x\n  y\n})\n");
    }

    @Test
    void tensorsFillLinesAndKeepRows() {
        var text = format("x = [" + "12345, ".repeat(30) + "1]\nm = [[1, 2],\n[3, 4]]\n");
        assertTrue(text.lines().allMatch(line -> line.length() <= 100) && text.lines().count() == 3 + 4,
                text);
        assertTrue(text.endsWith("m = [\n  [1, 2],\n  [3, 4],\n]\n"), text);
    }

    @Test
    void decoratorsMethodsAndDocs() {
        assertFormats("@graph( device=\"cpu\" )\nfn f()=1\nstruct P(w) {\n"
                + "## Runs.\nfn call(self,x)=x\n\nfn show(self)=\"P\"}\n", """
                @graph(device="cpu")
                fn f() = 1
                struct P(w) {
                  ## Runs.
                  fn call(self, x) = x

                  fn show(self) = "P"
                }
                """);
    }

    @Test
    void nothingBecomesNothingAndErrorsAreRefused() {
        assertEquals("", format(" \n\n"));
        assertTrue(Formatter.format(Source.of("t", "x = = 1")).isEmpty());
    }
}

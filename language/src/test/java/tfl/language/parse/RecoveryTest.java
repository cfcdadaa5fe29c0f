package tfl.language.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tfl.language.ast.TreePrinter;
import tfl.language.source.Source;

/** What is said about wrong texts, where, and what is still understood. */
class RecoveryTest {
    /** {@code line:column code message} of each problem; {@code ⏎} stands for a line break. */
    private static String problems(String text) {
        return Parser.parse(Source.of("t", text.replace("⏎", "\n"))).problems().stream()
                .map(each -> each.span().line() + ":" + each.span().column() + " " + each.problem().code()
                        .substring(7) + " "
                        + each.problem().message()).collect(Collectors.joining("; "));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiterString = "=>", quoteCharacter = '§', textBlock = """
            x = $                  =>  1:5 01 `$` means nothing here
            'a'                    =>  1:1 01 `'` means nothing here
            x = "abc               =>  1:5 02 this string is never closed
            x = "a{b⏎y = 1         =>  1:5 02 this string is never closed
            "a\\q"                 =>  1:3 03 `\\q` is no escape
            0x                     =>  1:1 04 `0x` is no number: there are no digits behind `0x`
            1__0                   =>  1:1 04 `1__0` is no number: `_` stands between two digits
            1f31                   =>  1:1 04 `1f31` is no number: `f31` is no dtype of numbers
            1.5i32                 =>  1:1 04 `1.5i32` is no number: a number with a fraction or exponent is no i32
            9223372036854775808    =>  1:1 05 9223372036854775808 does not fit into i64
            300u8                  =>  1:1 05 300u8 does not fit into u8
            1e999                  =>  1:1 05 1e999 does not fit into f64
            "a{}"                  =>  1:3 06 there is nothing between the braces to put into the string
            a && b                 =>  1:3 07 `&&` is not TFL
            "a{x"                  =>  1:1 02 this string is never closed
            f = lambda x: x        =>  1:5 07 `lambda` is not TFL
            while a { i++ }        =>  1:12 07 `++` is not TFL
            x = y +⏎}              =>  1:8 10 expected an expression, found `}`
            print "a"              =>  1:7 10 expected the end of the statement, found a string
            i++                    =>  1:2 07 `++` is not TFL
            def f(x) { x }         =>  1:1 07 `def` is not TFL
            a = 1 elif             =>  1:7 07 `elif` is not TFL
            x = = 1                =>  1:5 10 expected an expression, found `=`
            f(1 2)                 =>  1:5 10 expected `,` or `)`, found `2`
            x = 1 2                =>  1:7 10 expected the end of the statement, found `2`
            a, b = t               =>  1:2 10 expected the end of the statement, found `,`
            if x: 1                =>  1:5 10 expected `{`, found `:`
            if x = 1 { 2 }         =>  1:6 10 expected `{`, found `=`
            fn f(x): 1             =>  1:8 10 expected `=` or `{`, found `:`
            x = y if c else z      =>  1:7 10 expected the end of the statement, found `if`
            for i, x in xs { 1 }   =>  1:6 10 expected `in`, found `,`
            x[]                    =>  1:3 10 expected an index, found `]`
            t.0                    =>  1:3 10 expected a field's name, found `0`
            fn (x) = x             =>  1:4 10 expected the function's name, found `(`
            f = fn(x) = x          =>  1:5 10 expected an expression, found `fn`
            struct P { x = 1 }     =>  1:12 10 expected a method, found another statement
            import "a-b.tfl"       =>  1:17 10 expected `as` and a name, found the end of the text
            f(1,⏎g(2)⏎             =>  1:2 11 this `(` is never closed
            x = (1,⏎y = 2⏎z = = 3  =>  2:3 10 expected `,` or `)`, found `=`; 3:5 10 expected an expression, found `=`
            fn f() {⏎  x⏎          =>  1:8 11 this `{` is never closed
            )                      =>  1:1 12 this `)` closes nothing
            x = 1⏎}⏎y = = 2        =>  2:1 12 this `}` closes nothing; 3:5 10 expected an expression, found `=`
            f(x) = 1               =>  1:1 13 cannot assign to the result of a call
            3 = x                  =>  1:1 13 cannot assign to a number
            (x[0], y) = t          =>  1:2 13 cannot assign to a part of a value inside ( )
            [a, b] = t             =>  1:1 13 cannot assign to a tensor
            (*a, *b) = t           =>  1:6 15 a tuple pattern has one * at most
            f(a=1, 2)              =>  1:8 15 arguments by position stand before those by keyword
            fn f(a=1, b) = a       =>  1:11 15 parameters without a default stand before those with one
            fn f(*a, *b) = a       =>  1:10 15 a function has one * parameter at most
            fn f(**a, b) = a       =>  1:11 15 nothing stands behind a ** parameter
            """)
    void messages(String text, String problems) {
        assertEquals(problems, problems(text));
    }

    @Test
    void eachStatementHasItsOwnErrors() {
        var parsed = Parser.parse(Source.of("t", """
                a = 1
                b = = 2
                fn f(x) {
                  y = (x
                  z = 3 3
                  y
                }
                fn g() -> 3 {
                  w = ] 1
                  h(1, 2
                }
                c = 3
                """));
        assertEquals("2 4 5 8 9 10",
                parsed.problems().stream().map(each -> String.valueOf(each.span().line()))
                .collect(Collectors.joining(" ")), parsed.problems().toString());
        assertTrue(TreePrinter.print(parsed.module()).startsWith("(= a 1) (def f (fn (x) {"),
                TreePrinter.print(parsed.module()));
        assertTrue(TreePrinter.print(parsed.module()).endsWith("(= c 3)"),
                TreePrinter.print(parsed.module()));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiterString = "=>", quoteCharacter = '§', textBlock = """
            x = 1             =>  COMPLETE
            §§                =>  COMPLETE
            # c               =>  COMPLETE
            x;                =>  COMPLETE
            if a { 1 }        =>  COMPLETE
            f(                =>  INCOMPLETE
            f(1,⏎  g(2        =>  INCOMPLETE
            [1, 2             =>  INCOMPLETE
            fn f(x) {         =>  INCOMPLETE
            fn f(x) {⏎y = (   =>  INCOMPLETE
            fn f(x)           =>  INCOMPLETE
            x =               =>  INCOMPLETE
            x +               =>  INCOMPLETE
            a and             =>  INCOMPLETE
            x |>              =>  INCOMPLETE
            @graph            =>  INCOMPLETE
            \"""a             =>  INCOMPLETE
            f(\"""a           =>  INCOMPLETE
            if a              =>  INCOMPLETE
            if a { 1 } else   =>  INCOMPLETE
            try { 1 }         =>  INCOMPLETE
            match x {         =>  INCOMPLETE
            {a: 1,            =>  INCOMPLETE
            x -> {            =>  INCOMPLETE
            for x in          =>  INCOMPLETE
            import            =>  INCOMPLETE
            )                 =>  INVALID
            x = = (           =>  INVALID
            "abc              =>  INVALID
            f(1 2             =>  INVALID
            1 2               =>  INVALID
            x = (1,⏎y = 2⏎    =>  INVALID
            $                 =>  INVALID
            """)
    void completeness(String text, Completeness expected) {
        assertEquals(expected, Completeness.of(text == null ? "" : text.replace("⏎", "\n")));
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>", quoteCharacter = '§', textBlock = """
            ( => 0 => )
            [ => 0 => ]
            {( => 0 => )}
            x -> =>  x => §§
            - => 1 => §§
            not => a => §§
            f( => 1 => )
            if a { => 1 => }
            2 ** => 2 => §§
            1 + => 1 => §§
            a |> => 1 => §§
            "{ => 1 => }"
            a[ => 1 => ]
            """)
    void nestingHasALimitAndAnError(String open, String middle, String close) {
        String end = close == null ? "" : close;
        for (int depth : new int[] {3000, 20_000}) {
            var parsed = Parser.parse(Source.of("t",
                    (open + " ").repeat(depth) + middle + end.repeat(depth)));
            assertTrue(parsed.problems().stream().anyMatch(each -> each.problem().code().equals("TFL-E0114")),
                    open + ": " + parsed.problems().stream().limit(5).toList());
        }
        var fine = Parser.parse(Source.of("t", (open + " ").repeat(60) + middle + end.repeat(60)));
        assertEquals("[]", fine.problems().toString());
    }
}

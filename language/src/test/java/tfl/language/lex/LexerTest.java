package tfl.language.lex;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tfl.language.source.Source;

/** Each token as {@code KIND:text}; a {@code ⏎} before one that begins a line. */
class LexerTest {
    private static String describe(String text) {
        var tokens = Lexer.tokens(Source.of("t", text.replace("⏎", "\n")));
        return tokens.list().stream().filter(token -> token.kind() != TokenKind.END)
                .map(token -> (token.startsLine() && token.start() > 0 ? "⏎" : "") + token.kind() + ":"
                        + tokens.text(token).replace("\n", "⏎"))
                .collect(Collectors.joining(" "));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiterString = "=>", quoteCharacter = '§', textBlock = """
            a+=1          =>  NAME:a PLUS_ASSIGN:+= INT:1
            a**-b         =>  NAME:a POWER:** MINUS:- NAME:b
            0..=n         =>  INT:0 RANGE_INCLUSIVE:..= NAME:n
            1.5..2.       =>  FLOAT:1.5 RANGE:.. FLOAT:2.
            x.T           =>  NAME:x DOT:. NAME:T
            3.sum         =>  INT:3 DOT:. NAME:sum
            1e-3f32       =>  FLOAT:1e-3f32
            0xffu8        =>  INT:0xffu8
            fn in fnord   =>  FN:fn IN:in NAME:fnord
            ∇f(θ₁)        =>  NAME:∇f LEFT_PAREN:( NAME:θ₁ RIGHT_PAREN:)
            a # b         =>  NAME:a COMMENT:# b
            ## d⏎a        =>  DOC_COMMENT:## d ⏎NAME:a
            a⏎⏎  b        =>  NAME:a ⏎NAME:b
            "a"           =>  STRING_BEGIN:" STRING_TEXT:a STRING_END:"
            "{a:.2f}b"    =>  STRING_BEGIN:" INTERPOLATION_BEGIN:{ NAME:a INTERPOLATION_FORMAT::.2f INTERPOLATION_END:} STRING_TEXT:b STRING_END:"
            "{{a\\{}}"    =>  STRING_BEGIN:" STRING_TEXT:{{a\\{}} STRING_END:"
            "{f("b")}"    =>  STRING_BEGIN:" INTERPOLATION_BEGIN:{ NAME:f LEFT_PAREN:( STRING_BEGIN:" STRING_TEXT:b STRING_END:" RIGHT_PAREN:) INTERPOLATION_END:} STRING_END:"
            r"\\{a"       =>  STRING_BEGIN:r" STRING_TEXT:\\{a STRING_END:"
            \"""a⏎"b\"""  =>  STRING_BEGIN:\""" STRING_TEXT:a⏎"b STRING_END:\"""
            "a⏎b          =>  STRING_BEGIN:" STRING_TEXT:a ⏎NAME:b
            a ? b         =>  NAME:a UNKNOWN:? NAME:b
            !a && b       =>  UNKNOWN:! NAME:a UNKNOWN:&& NAME:b
            a != b        =>  NAME:a NOT_EQUAL:!= NAME:b
            """)
    void tokens(String text, String tokens) {
        assertEquals(tokens, describe(text));
    }

    @Test
    void namesThatLookEqualAreEqual() {
        assertEquals(Names.canonical("\u00e9"), Names.canonical("e\u0301"));
    }

    @Test
    void groupsForHighlighting() {
        var groups = Lexer.tokens(Source.of("t", "if x == none { \"a{1}\" } # c")).list().stream()
                .map(token -> token.kind().group().name()).collect(Collectors.joining(" "));
        assertEquals("KEYWORD NAME OPERATOR CONSTANT PUNCTUATION STRING STRING INTERPOLATION NUMBER "
                + "INTERPOLATION STRING "
                + "PUNCTUATION COMMENT PUNCTUATION", groups);
    }
}

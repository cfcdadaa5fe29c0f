package tfl.language.lex;

import java.util.List;
import tfl.language.source.Located;
import tfl.language.source.Source;
import tfl.language.source.Span;

/**
 * A text's tokens in order, comments included, ended by one {@link TokenKind#END}, and what was wrong with
 * them. Between two tokens is only white space.
 */
public record Tokens(Source source, List<Token> list, List<Located> problems) {
    public Tokens {
        list = List.copyOf(list);
        problems = List.copyOf(problems);
    }

    public Span span(Token token) {
        return source.span(token.start(), token.end());
    }

    public String text(Token token) {
        return source.text().substring(token.start(), token.end());
    }
}

package tfl.language.parse;

import java.util.ArrayList;
import java.util.Optional;
import tfl.language.ast.Expr;
import tfl.language.ast.Identifier;
import tfl.language.ast.StringPart;
import tfl.language.lex.SyntaxProblem;
import tfl.language.lex.Token;
import tfl.language.lex.TokenKind;
import tfl.language.source.Located;
import tfl.language.source.Span;

/** Numbers and strings. */
final class Literals {
    private final Parser parser;
    private final TokenCursor cursor;

    Literals(Parser parser) {
        this.parser = parser;
        this.cursor = parser.cursor;
    }

    /** A malformed number is reported and read as 0. */
    Expr number() {
        var token = cursor.next();
        var span = cursor.span(token);
        try {
            return NumberText.parse(cursor.text(token), span);
        } catch (Failure failure) {
            failure.problem.map(Located::problem)
                    .ifPresent(problem -> parser.report((SyntaxProblem) problem, span));
            return new Expr.IntLiteral(0, Optional.empty(), span);
        }
    }

    Expr.StringLiteral string() {
        var begin = cursor.next();
        boolean raw = cursor.text(begin).startsWith("r");
        var parts = new ArrayList<StringPart>();
        while (true) {
            switch (cursor.token().kind()) {
                case STRING_TEXT -> parts.add(text(cursor.next(), raw));
                case INTERPOLATION_BEGIN -> parts.add(interpolation());
                case STRING_END -> {
                    cursor.next();
                    return new Expr.StringLiteral(parts, cursor.since(begin));
                }
                default -> {
                    // The lexer has said that the string is never closed.
                    return new Expr.StringLiteral(parts, cursor.since(begin));
                }
            }
        }
    }

    private StringPart text(Token token, boolean raw) {
        var span = cursor.span(token);
        var text = cursor.text(token).replace("\r\n", "\n");
        var value = raw ? text : Escapes.replace(text, (escape, offset) ->
                parser.report(new SyntaxProblem.UnknownEscape(escape), escapeSpan(token, escape)));
        return new StringPart.Text(value, span);
    }

    private Span escapeSpan(Token token, String escape) {
        int start = cursor.source().text().indexOf(escape, token.start());
        return start < 0 ? cursor.span(token) : cursor.source().span(start, start + escape.length());
    }

    private StringPart interpolation() {
        int opening = cursor.index();
        var begin = cursor.next();
        if (cursor.is(TokenKind.INTERPOLATION_END) || cursor.is(TokenKind.INTERPOLATION_FORMAT)) {
            throw cursor.failure(new SyntaxProblem.EmptyInterpolation(),
                    cursor.span(begin).to(cursor.span(cursor.token())));
        }
        boolean outer = cursor.lineBreaksMatter(false);
        var value = parser.expressions.expression();
        String format = cursor.is(TokenKind.INTERPOLATION_FORMAT) ? cursor.text(cursor.next()).substring(1)
                : "";
        if (!cursor.is(TokenKind.INTERPOLATION_END) && !cursor.isClosed(opening)) {
            throw new Failure(Optional.empty(), cursor.is(TokenKind.END));
        }
        cursor.expect(TokenKind.INTERPOLATION_END, "`}` or a format behind `:`");
        cursor.lineBreaksMatter(outer);
        return new StringPart.Interpolation(value, format, cursor.since(begin));
    }

    /** A string without interpolation, for names and paths. */
    Identifier plainString(String description) {
        if (!cursor.is(TokenKind.STRING_BEGIN)) {
            throw cursor.expected(description);
        }
        var literal = string();
        var text = new StringBuilder();
        for (var part : literal.parts()) {
            switch (part) {
                case StringPart.Text(String value, _) -> text.append(value);
                case StringPart.Interpolation(_, _, var span) ->
                        throw cursor.failure(new SyntaxProblem.Expected(
                        "a plain string", "an interpolation", Optional.of("write {{ and }} for braces")),
                                span);
            }
        }
        return new Identifier(text.toString(), literal.span());
    }
}

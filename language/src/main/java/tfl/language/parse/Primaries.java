package tfl.language.parse;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tfl.language.ast.Clause;
import tfl.language.ast.Element;
import tfl.language.ast.Expr;
import tfl.language.ast.Identifier;
import tfl.language.ast.RecordEntry;
import tfl.language.lex.Names;
import tfl.language.lex.Token;
import tfl.language.lex.TokenKind;

/**
 * The rule {@code primary}: literals and whatever stands in brackets. The grammar stands at {@link Parser}.
 */
final class Primaries {
    private final Parser parser;
    private final TokenCursor cursor;
    private final Literals literals;

    Primaries(Parser parser) {
        this.parser = parser;
        this.cursor = parser.cursor;
        this.literals = new Literals(parser);
    }

    Expr primary() {
        return switch (cursor.peek()) {
            case NAME -> name();
            case INT, FLOAT -> literals.number();
            case STRING_BEGIN -> literals.string();
            case TRUE, FALSE, NONE -> constant(cursor.next());
            case LEFT_PAREN -> tuple();
            case LEFT_BRACKET -> tensor();
            case LEFT_BRACE -> isRecord() ? record() : parser.block();
            case IF, WHILE, FOR, MATCH, TRY, RETURN, BREAK, CONTINUE, ASSERT -> parser.controlFlow.control();
            case FN -> throw cursor.expected("an expression",
                    Optional.of("a function without a name is written (x, y) -> x + y"));
            default -> throw cursor.expected("an expression");
        };
    }

    private Expr name() {
        var token = cursor.next();
        return new Expr.Name(Names.canonical(cursor.text(token)), cursor.span(token));
    }

    private Expr constant(Token token) {
        return switch (token.kind()) {
            case TRUE -> new Expr.BoolLiteral(true, cursor.span(token));
            case FALSE -> new Expr.BoolLiteral(false, cursor.span(token));
            default -> new Expr.NoneLiteral(cursor.span(token));
        };
    }

    /** {@code (a)} is a; with a comma, with nothing or with a spread it is a tuple. */
    private Expr tuple() {
        var opening = cursor.next();
        boolean outer = cursor.lineBreaksMatter(false);
        var elements = new ArrayList<Element>();
        boolean comma = elements(elements, TokenKind.RIGHT_PAREN);
        Expr result = null;
        if (cursor.is(TokenKind.FOR) && elements.size() == 1 && !comma) {
            result = comprehension(Expr.Comprehension.Kind.TUPLE, elements.getFirst(), opening);
        }
        cursor.close(TokenKind.RIGHT_PAREN, opening);
        cursor.lineBreaksMatter(outer);
        if (result instanceof Expr.Comprehension inner) {
            return new Expr.Comprehension(inner.kind(), inner.result(), inner.clauses(),
                    cursor.since(opening));
        } else if (elements.size() == 1 && !comma
                && elements.getFirst() instanceof Element.Item(Expr value)) {
            return value;
        }
        return new Expr.Tuple(elements, cursor.since(opening));
    }

    private Expr tensor() {
        var opening = cursor.next();
        boolean outer = cursor.lineBreaksMatter(false);
        var elements = new ArrayList<Element>();
        boolean comma = elements(elements, TokenKind.RIGHT_BRACKET);
        Expr result = null;
        if (cursor.is(TokenKind.FOR) && elements.size() == 1 && !comma) {
            result = comprehension(Expr.Comprehension.Kind.TENSOR, elements.getFirst(), opening);
        }
        cursor.close(TokenKind.RIGHT_BRACKET, opening);
        cursor.lineBreaksMatter(outer);
        if (result instanceof Expr.Comprehension inner) {
            return new Expr.Comprehension(inner.kind(), inner.result(), inner.clauses(),
                    cursor.since(opening));
        }
        return new Expr.Tensor(elements, cursor.since(opening));
    }

    /** Fills in the elements; true if there was a comma. */
    private boolean elements(List<Element> elements, TokenKind end) {
        boolean comma = false;
        while (!cursor.is(end)) {
            var first = cursor.token();
            if (cursor.accept(TokenKind.STAR)) {
                elements.add(new Element.Spread(parser.expressions.expression(), cursor.since(first)));
            } else {
                elements.add(new Element.Item(parser.expressions.expression()));
            }
            if (!cursor.accept(TokenKind.COMMA)) {
                break;
            }
            comma = true;
        }
        return comma;
    }

    private Expr.Comprehension comprehension(Expr.Comprehension.Kind kind, Element result, Token first) {
        if (result instanceof Element.Item(Expr value)) {
            return comprehension(kind, value, first);
        }
        throw cursor.expected("`,` or the closing bracket",
                Optional.of("a comprehension gives one value a turn, without *"));
    }

    /** The clauses behind the result of a comprehension. */
    Expr.Comprehension comprehension(Expr.Comprehension.Kind kind, Expr result, Token first) {
        var clauses = new ArrayList<Clause>();
        while (cursor.is(TokenKind.FOR) || cursor.is(TokenKind.IF)) {
            var start = cursor.next();
            if (start.kind() == TokenKind.FOR) {
                var pattern = parser.patterns.loopPattern();
                cursor.expect(TokenKind.IN);
                clauses.add(new Clause.For(pattern, parser.expressions.pipeline(), cursor.since(start)));
            } else {
                clauses.add(new Clause.If(parser.expressions.pipeline(), cursor.since(start)));
            }
        }
        return new Expr.Comprehension(kind, result, clauses, cursor.since(first));
    }

    /** Whether {@code {} begins a record where an expression is wanted. */
    private boolean isRecord() {
        return isRecordAsBody() || cursor.peekAt(1) == TokenKind.RIGHT_BRACE
                || cursor.peekAt(1) == TokenKind.NAME && cursor.peekAt(2) == TokenKind.RIGHT_BRACE;
    }

    /** Whether {@code {} begins a record where a block may stand too. */
    boolean isRecordAsBody() {
        return switch (cursor.peekAt(1)) {
            case ELLIPSIS -> true;
            case NAME -> cursor.peekAt(2) == TokenKind.COLON || cursor.peekAt(2) == TokenKind.COMMA;
            case STRING_BEGIN -> cursor.peekAt(2) == TokenKind.STRING_END
                    && cursor.peekAt(3) == TokenKind.COLON
                    || cursor.peekAt(3) == TokenKind.STRING_END && cursor.peekAt(4) == TokenKind.COLON;
            default -> TokenCursor.isWord(cursor.peekAt(1)) && cursor.peekAt(2) == TokenKind.COLON;
        };
    }

    private Expr record() {
        var opening = cursor.next();
        boolean outer = cursor.lineBreaksMatter(false);
        var entries = new ArrayList<RecordEntry>();
        while (!cursor.is(TokenKind.RIGHT_BRACE)) {
            entries.add(entry());
            if (!cursor.accept(TokenKind.COMMA)) {
                break;
            }
        }
        cursor.close(TokenKind.RIGHT_BRACE, opening);
        cursor.lineBreaksMatter(outer);
        return new Expr.Record(entries, cursor.since(opening));
    }

    private RecordEntry entry() {
        var first = cursor.token();
        if (cursor.accept(TokenKind.ELLIPSIS)) {
            return new RecordEntry.Spread(parser.expressions.expression(), cursor.since(first));
        }
        boolean isName = cursor.is(TokenKind.NAME);
        var name = isName || TokenCursor.isWord(cursor.peek()) ? word()
                : literals.plainString("a field's name");
        if (isName && !cursor.is(TokenKind.COLON)) {
            return new RecordEntry.Field(name, new Expr.Name(name.text(), name.span()), name.span());
        }
        cursor.expect(TokenKind.COLON);
        return new RecordEntry.Field(name, parser.expressions.expression(), cursor.since(first));
    }

    Identifier plainString(String description) {
        return literals.plainString(description);
    }

    private Identifier word() {
        var token = cursor.next();
        return new Identifier(Names.canonical(cursor.text(token)), cursor.span(token));
    }
}

package tfl.language.parse;

import java.util.ArrayList;
import java.util.Optional;
import tfl.language.ast.Expr;
import tfl.language.ast.Identifier;
import tfl.language.lex.SyntaxProblem;
import tfl.language.lex.Token;
import tfl.language.lex.TokenKind;

/** The rule {@code control}; the grammar stands at {@link Parser}. */
final class ControlFlow {
    /** An {@code if} and its condition and block, until its else branch is known. */
    private record Branch(Token first, Expr condition, Expr.Block block) {}

    private final Parser parser;
    private final TokenCursor cursor;

    ControlFlow(Parser parser) {
        this.parser = parser;
        this.cursor = parser.cursor;
    }

    Expr control() {
        return switch (cursor.peek()) {
            case IF -> conditional();
            case WHILE -> loop();
            case FOR -> walk();
            case MATCH -> match();
            case TRY -> attempt();
            case RETURN -> result();
            case ASSERT -> assertion();
            case BREAK -> new Expr.Break(cursor.span(cursor.next()));
            default -> new Expr.Continue(cursor.span(cursor.next()));
        };
    }

    private Expr conditional() {
        var branches = new ArrayList<Branch>();
        Optional<Expr> otherwise = Optional.empty();
        do {
            var first = cursor.next();
            var condition = header();
            branches.add(new Branch(first, condition, parser.block()));
            if (!acceptOnNextLine(TokenKind.ELSE)) {
                break;
            }
            if (!cursor.is(TokenKind.IF)) {
                otherwise = Optional.of(parser.block());
                break;
            }
        } while (true);
        for (var branch : branches.reversed()) {
            otherwise = Optional.of(new Expr.If(branch.condition, branch.block, otherwise,
                    cursor.since(branch.first)));
        }
        return otherwise.orElseThrow();
    }

    /** {@code else}, {@code catch} and {@code finally} may begin a line. */
    private boolean acceptOnNextLine(TokenKind kind) {
        if (cursor.token().kind() != kind) {
            return false;
        }
        cursor.skipLineBreaks();
        return cursor.accept(kind);
    }

    /** A condition or sequence before a block. */
    private Expr header() {
        var value = parser.expressions.expression();
        if (cursor.is(TokenKind.ASSIGN)) {
            throw cursor.expected("`{`", Optional.of("write == to compare"));
        }
        return value;
    }

    private Expr loop() {
        var first = cursor.next();
        var condition = header();
        return new Expr.While(condition, parser.block(), cursor.since(first));
    }

    private Expr walk() {
        var first = cursor.next();
        var pattern = parser.patterns.loopPattern();
        cursor.expect(TokenKind.IN);
        var sequence = header();
        return new Expr.For(pattern, sequence, parser.block(), cursor.since(first));
    }

    private Expr match() {
        var first = cursor.next();
        var subject = header();
        boolean outer = cursor.lineBreaksMatter(true);
        var opening = cursor.expect(TokenKind.LEFT_BRACE);
        var arms = new ArrayList<Expr.Match.Arm>();
        cursor.skipLineBreaks();
        while (!cursor.is(TokenKind.RIGHT_BRACE)) {
            arms.add(arm());
            boolean separated = cursor.accept(TokenKind.COMMA) || cursor.accept(TokenKind.SEMICOLON)
                    || cursor.is(TokenKind.NEWLINE);
            cursor.skipLineBreaks();
            if (!separated) {
                break;
            }
        }
        cursor.close(TokenKind.RIGHT_BRACE, opening);
        cursor.lineBreaksMatter(outer);
        return new Expr.Match(subject, arms, cursor.since(first));
    }

    private Expr.Match.Arm arm() {
        var first = cursor.token();
        var pattern = parser.patterns.matchPattern();
        Optional<Expr> guard = cursor.accept(TokenKind.IF) ? Optional.of(parser.expressions.pipeline())
                : Optional.empty();
        cursor.expect(TokenKind.ARROW);
        var body = parser.expressions.body();
        if (cursor.is(TokenKind.ASSIGN) || Operators.update(cursor.peek()).isPresent()) {
            throw cursor.expected("the end of the arm",
                    Optional.of("write an assignment in a block: { x = 1 }"));
        }
        return new Expr.Match.Arm(pattern, guard, body, cursor.since(first));
    }

    private Expr attempt() {
        var first = cursor.next();
        var body = parser.block();
        Optional<Expr.Try.Catch> handler = Optional.empty();
        var catchToken = cursor.token();
        if (acceptOnNextLine(TokenKind.CATCH)) {
            Optional<Identifier> error = cursor.is(TokenKind.NAME) ? Optional.of(cursor.identifier("a name"))
                    : Optional.empty();
            handler = Optional.of(new Expr.Try.Catch(error, parser.block(), cursor.since(catchToken)));
        }
        Optional<Expr.Block> cleanup = acceptOnNextLine(TokenKind.FINALLY) ? Optional.of(parser.block())
                : Optional.empty();
        if (handler.isEmpty() && cleanup.isEmpty()) {
            throw cursor.expected("`catch` or `finally`");
        }
        return new Expr.Try(body, handler, cleanup, cursor.since(first));
    }

    private Expr result() {
        var first = cursor.next();
        Optional<Expr> value = switch (cursor.peek()) {
            case NEWLINE, END, SEMICOLON, COMMA, RIGHT_BRACE, RIGHT_PAREN, RIGHT_BRACKET -> Optional.empty();
            default -> Optional.of(parser.expressions.expression());
        };
        return new Expr.Return(value, cursor.since(first));
    }

    private Expr assertion() {
        var first = cursor.next();
        var condition = parser.expressions.expression();
        if (cursor.is(TokenKind.ASSIGN)) {
            throw cursor.failure(new SyntaxProblem.Expected("`,` or the end of the statement", "`=`",
                    Optional.of("write == to compare")), cursor.span(cursor.token()));
        }
        Optional<Expr> message = cursor.accept(TokenKind.COMMA) ? Optional.of(parser.expressions.expression())
                : Optional.empty();
        return new Expr.Assert(condition, message, cursor.since(first));
    }
}

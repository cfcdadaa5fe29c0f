package tfl.language.parse;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tfl.language.ast.Argument;
import tfl.language.ast.BinaryOperator;
import tfl.language.ast.ComparisonOperator;
import tfl.language.ast.Expr;
import tfl.language.ast.Function;
import tfl.language.ast.Identifier;
import tfl.language.ast.Subscript;
import tfl.language.ast.UnaryOperator;
import tfl.language.lex.SyntaxProblem;
import tfl.language.lex.TokenKind;

/** The rules from {@code expression} down to {@code postfix}; the grammar stands at {@link Parser}. */
final class Expressions {
    private final Parser parser;
    private final TokenCursor cursor;

    Expressions(Parser parser) {
        this.parser = parser;
        this.cursor = parser.cursor;
    }

    Expr expression() {
        cursor.enter();
        var result = startsLambda() ? lambda() : pipeline();
        cursor.leave();
        return result;
    }

    private boolean startsLambda() {
        return switch (cursor.peek()) {
            case NAME -> cursor.peekAt(1) == TokenKind.ARROW;
            case LEFT_PAREN, LEFT_BRACE -> cursor.isBracketBeforeArrow();
            default -> false;
        };
    }

    private Expr lambda() {
        var first = cursor.token();
        var parameters = cursor.is(TokenKind.LEFT_PAREN) ? parser.patterns.parametersInBrackets()
                : List.of(parser.patterns.plainParameter());
        cursor.expect(TokenKind.ARROW);
        var body = body();
        var span = cursor.since(first);
        return new Expr.Lambda(new Function(parameters, Optional.empty(), body, span), span);
    }

    /** What stands behind an arrow: a block, or an expression, which may be a record. */
    Expr body() {
        if (cursor.is(TokenKind.LEFT_BRACE) && !parser.primaries.isRecordAsBody()) {
            return parser.block();
        }
        return expression();
    }

    Expr pipeline() {
        var first = cursor.token();
        var left = disjunction();
        while (cursor.accept(TokenKind.PIPE)) {
            var target = disjunction();
            left = new Expr.Pipe(left, target, cursor.since(first));
        }
        return left;
    }

    private Expr disjunction() {
        var first = cursor.token();
        var left = conjunction();
        while (cursor.accept(TokenKind.OR)) {
            var right = conjunction();
            left = new Expr.Or(left, right, cursor.since(first));
        }
        return left;
    }

    private Expr conjunction() {
        var first = cursor.token();
        var left = negation();
        while (cursor.accept(TokenKind.AND)) {
            var right = negation();
            left = new Expr.And(left, right, cursor.since(first));
        }
        return left;
    }

    private Expr negation() {
        var first = cursor.token();
        if (!cursor.accept(TokenKind.NOT)) {
            return comparison();
        }
        cursor.enter();
        var operand = negation();
        cursor.leave();
        return new Expr.Unary(UnaryOperator.NOT, operand, cursor.since(first));
    }

    private Expr comparison() {
        var first = cursor.token();
        var left = range();
        var links = new ArrayList<Expr.Comparison.Link>();
        for (var operator = comparisonOperator(); operator.isPresent(); operator = comparisonOperator()) {
            links.add(new Expr.Comparison.Link(operator.get(), range()));
        }
        return links.isEmpty() ? left : new Expr.Comparison(left, links, cursor.since(first));
    }

    private Optional<ComparisonOperator> comparisonOperator() {
        var operator = Operators.comparison(cursor.peek());
        if (operator.isPresent()) {
            if (cursor.next().kind() == TokenKind.NOT) {
                cursor.expect(TokenKind.IN, "`in` behind `not`");
            }
        }
        return operator;
    }

    private Expr range() {
        var first = cursor.token();
        var start = arithmetic(0);
        boolean inclusive = cursor.is(TokenKind.RANGE_INCLUSIVE);
        if (!cursor.accept(TokenKind.RANGE) && !cursor.accept(TokenKind.RANGE_INCLUSIVE)) {
            return start;
        }
        var end = arithmetic(0);
        Optional<Expr> step = Optional.empty();
        if (cursor.isWord("by")) {
            cursor.next();
            step = Optional.of(arithmetic(0));
        }
        return new Expr.Range(start, end, inclusive, step, cursor.since(first));
    }

    /** All left-associative operators of {@link Operators#arithmetic} that bind tighter than a level. */
    private Expr arithmetic(int above) {
        var first = cursor.token();
        var left = unary();
        while (true) {
            var operator = Operators.arithmetic(cursor.peek());
            if (operator.isEmpty() || operator.get().level() <= above) {
                return left;
            }
            cursor.next();
            var right = arithmetic(operator.get().level());
            left = new Expr.Binary(operator.get(), left, right, cursor.since(first));
        }
    }

    private Expr unary() {
        var operator = Operators.unary(cursor.peek());
        if (operator.isEmpty()) {
            return power();
        }
        var sign = cursor.next();
        if (sign.kind() == TokenKind.MINUS && cursor.is(TokenKind.INT) && cursor.peekAt(1) != TokenKind.POWER
                && NumberText.isMagnitudeOfSmallest(cursor.text(cursor.token()))) {
            cursor.next();
            return new Expr.IntLiteral(Long.MIN_VALUE, Optional.empty(), cursor.since(sign));
        }
        cursor.enter();
        var operand = unary();
        cursor.leave();
        return new Expr.Unary(operator.get(), operand, cursor.since(sign));
    }

    private Expr power() {
        var first = cursor.token();
        var base = postfix();
        if (!cursor.accept(TokenKind.POWER)) {
            return base;
        }
        cursor.enter();
        var exponent = unary();
        cursor.leave();
        return new Expr.Binary(BinaryOperator.POWER, base, exponent, cursor.since(first));
    }

    Expr postfix() {
        var first = cursor.token();
        var result = parser.primaries.primary();
        while (true) {
            switch (cursor.peek()) {
                case LEFT_PAREN -> result = new Expr.Call(result, arguments(), cursor.since(first));
                case LEFT_BRACKET -> result = new Expr.Index(result, subscripts(), cursor.since(first));
                case DOT -> {
                    cursor.next();
                    if (cursor.is(TokenKind.INT)) {
                        throw cursor.expected("a field's name",
                                Optional.of("write t[" + cursor.text(cursor.token()) + "]"));
                    }
                    result = new Expr.Field(result, fieldName(), cursor.since(first));
                }
                default -> {
                    return result;
                }
            }
        }
    }

    /** A field may be called like a keyword. */
    private Identifier fieldName() {
        if (TokenCursor.isWord(cursor.peek())) {
            var word = cursor.next();
            return new Identifier(cursor.text(word), cursor.span(word));
        }
        return cursor.identifier("a field's name");
    }

    List<Argument> arguments() {
        var opening = cursor.next();
        boolean outer = cursor.lineBreaksMatter(false);
        var arguments = new ArrayList<Argument>();
        boolean keywords = false;
        while (!cursor.is(TokenKind.RIGHT_PAREN)) {
            var argument = argument();
            if (keywords && argument instanceof Argument.Positional) {
                parser.report(
                        new SyntaxProblem.WrongOrder("arguments by position stand before those by keyword",
                        Optional.empty()), argument.span());
            }
            keywords |= argument instanceof Argument.Keyword || argument instanceof Argument.SpreadFields;
            arguments.add(argument);
            if (!cursor.accept(TokenKind.COMMA)) {
                break;
            }
        }
        cursor.close(TokenKind.RIGHT_PAREN, opening);
        cursor.lineBreaksMatter(outer);
        return arguments;
    }

    private Argument argument() {
        var first = cursor.token();
        if (cursor.accept(TokenKind.STAR)) {
            return new Argument.Spread(expression(), cursor.since(first));
        } else if (cursor.accept(TokenKind.POWER)) {
            return new Argument.SpreadFields(expression(), cursor.since(first));
        } else if (cursor.is(TokenKind.NAME) && cursor.peekAt(1) == TokenKind.ASSIGN) {
            var name = cursor.identifier("a name");
            cursor.next();
            return new Argument.Keyword(name, expression(), cursor.since(first));
        }
        var value = expression();
        if (cursor.is(TokenKind.FOR)) {
            return new Argument.Positional(parser.primaries.comprehension(Expr.Comprehension.Kind.TUPLE,
                    value, first));
        }
        return new Argument.Positional(value);
    }

    private List<Subscript> subscripts() {
        var opening = cursor.next();
        boolean outer = cursor.lineBreaksMatter(false);
        var subscripts = new ArrayList<Subscript>();
        if (cursor.is(TokenKind.RIGHT_BRACKET)) {
            throw cursor.expected("an index", Optional.of("write x[:] for all of it"));
        }
        while (!cursor.is(TokenKind.RIGHT_BRACKET)) {
            subscripts.add(subscript());
            if (!cursor.accept(TokenKind.COMMA)) {
                break;
            }
        }
        cursor.close(TokenKind.RIGHT_BRACKET, opening);
        cursor.lineBreaksMatter(outer);
        return subscripts;
    }

    private Subscript subscript() {
        var first = cursor.token();
        if (cursor.accept(TokenKind.ELLIPSIS)) {
            return new Subscript.Ellipsis(cursor.since(first));
        }
        var start = sliceBound();
        if (!cursor.accept(TokenKind.COLON)) {
            return new Subscript.At(start.orElseThrow(() -> cursor.expected("an index")));
        }
        var stop = sliceBound();
        Optional<Expr> step = cursor.accept(TokenKind.COLON) ? sliceBound() : Optional.empty();
        return new Subscript.Slice(start, stop, step, cursor.since(first));
    }

    private Optional<Expr> sliceBound() {
        return switch (cursor.peek()) {
            case COLON, COMMA, RIGHT_BRACKET -> Optional.empty();
            default -> Optional.of(expression());
        };
    }
}

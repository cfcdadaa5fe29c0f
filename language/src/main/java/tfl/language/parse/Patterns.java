package tfl.language.parse;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tfl.language.ast.Annotation;
import tfl.language.ast.Expr;
import tfl.language.ast.Identifier;
import tfl.language.ast.Parameter;
import tfl.language.ast.Pattern;
import tfl.language.lex.SyntaxProblem;
import tfl.language.lex.TokenKind;

/** Patterns, parameters and annotations; the grammar stands at {@link Parser}. */
final class Patterns {
    private final Parser parser;
    private final TokenCursor cursor;

    Patterns(Parser parser) {
        this.parser = parser;
        this.cursor = parser.cursor;
    }

    /** What stands between {@code for} and {@code in}. */
    Pattern loopPattern() {
        var pattern = pattern(false);
        if (cursor.is(TokenKind.COMMA)) {
            throw cursor.expected("`in`", Optional.of("take a tuple apart in brackets: for (a, b) in xs"));
        }
        return pattern;
    }

    /** What stands before the arrow of an arm: literals and annotations too. */
    Pattern matchPattern() {
        var first = cursor.token();
        var pattern = pattern(true);
        if (cursor.accept(TokenKind.COLON)) {
            return new Pattern.Typed(pattern, annotation(), cursor.since(first));
        }
        return pattern;
    }

    private Pattern pattern(boolean matching) {
        cursor.enter();
        var result = switch (cursor.peek()) {
            case NAME -> binding();
            case LEFT_PAREN -> tuple(matching);
            case LEFT_BRACE -> fields(matching);
            case INT, FLOAT, STRING_BEGIN, TRUE, FALSE, NONE, MINUS, PLUS -> {
                if (!matching) {
                    throw cursor.expected("a name, ( ) or { }");
                }
                yield literal();
            }
            default -> throw cursor.expected(matching ? "a pattern" : "a name, ( ) or { }");
        };
        cursor.leave();
        return result;
    }

    private Pattern binding() {
        var name = cursor.identifier("a name");
        return name.text().equals("_") ? new Pattern.Wildcard(name.span())
                : new Pattern.Bind(name.text(), name.span());
    }

    private Pattern literal() {
        var first = cursor.token();
        boolean negative = cursor.is(TokenKind.MINUS);
        if (negative || cursor.is(TokenKind.PLUS)) {
            cursor.next();
            if (!cursor.is(TokenKind.INT) && !cursor.is(TokenKind.FLOAT)) {
                throw cursor.expected("a number");
            }
        }
        if (negative && NumberText.isMagnitudeOfSmallest(cursor.text(cursor.token()))) {
            cursor.next();
            return new Pattern.Literal(new Expr.IntLiteral(Long.MIN_VALUE, Optional.empty(),
                    cursor.since(first)), cursor.since(first));
        }
        var value = parser.primaries.primary();
        var span = cursor.since(first);
        var folded = switch (value) {
            case Expr.IntLiteral(long number, var suffix, _) -> new Expr.IntLiteral(negative ? -number
                    : number, suffix, span);
            case Expr.FloatLiteral(double number, var suffix, _) -> new Expr.FloatLiteral(negative ? -number
                    : number, suffix, span);
            default -> value;
        };
        return new Pattern.Literal(folded, span);
    }

    private Pattern tuple(boolean matching) {
        var opening = cursor.next();
        boolean outer = cursor.lineBreaksMatter(false);
        var elements = new ArrayList<Pattern>();
        boolean comma = false;
        while (!cursor.is(TokenKind.RIGHT_PAREN)) {
            elements.add(cursor.is(TokenKind.STAR) ? rest() : matching ? matchPattern() : pattern(false));
            if (!cursor.accept(TokenKind.COMMA)) {
                break;
            }
            comma = true;
        }
        cursor.close(TokenKind.RIGHT_PAREN, opening);
        cursor.lineBreaksMatter(outer);
        if (elements.size() == 1 && !comma && !(elements.getFirst() instanceof Pattern.Rest)) {
            return elements.getFirst();
        }
        checkRests(elements);
        return new Pattern.Tuple(elements, cursor.since(opening));
    }

    /** At most one {@code *rest}, else it is unclear which element goes where. */
    private void checkRests(List<Pattern> elements) {
        var rests = elements.stream().filter(Pattern.Rest.class::isInstance).toList();
        if (rests.size() > 1) {
            parser.report(twoRests(), rests.get(1).span());
        }
    }

    static SyntaxProblem twoRests() {
        return new SyntaxProblem.WrongOrder("a tuple pattern has one * at most", Optional.empty());
    }

    private Pattern rest() {
        var star = cursor.next();
        var name = cursor.identifier("a name");
        var bound = name.text().equals("_") ? Optional.<Identifier>empty() : Optional.of(name);
        return new Pattern.Rest(bound, cursor.since(star));
    }

    private Pattern fields(boolean matching) {
        var opening = cursor.next();
        boolean outer = cursor.lineBreaksMatter(false);
        var fields = new ArrayList<Pattern.FieldPattern>();
        Optional<Identifier> rest = Optional.empty();
        while (!cursor.is(TokenKind.RIGHT_BRACE)) {
            if (cursor.accept(TokenKind.ELLIPSIS)) {
                rest = Optional.of(cursor.identifier("a name"));
                cursor.accept(TokenKind.COMMA);
                break;
            }
            fields.add(field(matching));
            if (!cursor.accept(TokenKind.COMMA)) {
                break;
            }
        }
        cursor.close(TokenKind.RIGHT_BRACE, opening);
        cursor.lineBreaksMatter(outer);
        return new Pattern.Fields(fields, rest, cursor.since(opening));
    }

    private Pattern.FieldPattern field(boolean matching) {
        var first = cursor.token();
        var name = cursor.identifier("a field's name");
        if (!cursor.accept(TokenKind.COLON)) {
            return new Pattern.FieldPattern(name, new Pattern.Bind(name.text(), name.span()), name.span());
        }
        return new Pattern.FieldPattern(name, matching ? matchPattern() : pattern(false),
                cursor.since(first));
    }

    // Parameters

    List<Parameter> parametersInBrackets() {
        var opening = cursor.expect(TokenKind.LEFT_PAREN);
        boolean outer = cursor.lineBreaksMatter(false);
        var parameters = new ArrayList<Parameter>();
        while (!cursor.is(TokenKind.RIGHT_PAREN)) {
            parameters.add(parameter());
            if (!cursor.accept(TokenKind.COMMA)) {
                break;
            }
        }
        cursor.close(TokenKind.RIGHT_PAREN, opening);
        cursor.lineBreaksMatter(outer);
        ParameterOrder.check(parameters, parser);
        return parameters;
    }

    /** A parameter without annotation and default, before an arrow. */
    Parameter plainParameter() {
        var pattern = pattern(false);
        return new Parameter(Parameter.Kind.PLAIN, pattern, Optional.empty(), Optional.empty(),
                pattern.span());
    }

    private Parameter parameter() {
        var first = cursor.token();
        if (cursor.is(TokenKind.STAR) || cursor.is(TokenKind.POWER)) {
            var kind = cursor.next().kind() == TokenKind.STAR ? Parameter.Kind.REST : Parameter.Kind.OPTIONS;
            var name = cursor.identifier("a name");
            return new Parameter(kind, new Pattern.Bind(name.text(), name.span()), optionalAnnotation(),
                    Optional.empty(),
                    cursor.since(first));
        }
        var pattern = pattern(false);
        var annotation = optionalAnnotation();
        return new Parameter(Parameter.Kind.PLAIN, pattern, annotation, optionalDefault(),
                cursor.since(first));
    }

    Optional<Annotation> optionalAnnotation() {
        return cursor.accept(TokenKind.COLON) ? Optional.of(annotation()) : Optional.empty();
    }

    Optional<Expr> optionalDefault() {
        return cursor.accept(TokenKind.ASSIGN) ? Optional.of(parser.expressions.expression())
                : Optional.empty();
    }

    // Annotations

    Annotation annotation() {
        var first = cursor.token();
        var name = new StringBuilder(annotationName());
        while (cursor.accept(TokenKind.DOT)) {
            name.append('.').append(cursor.identifier("a struct's name"));
        }
        if (!cursor.is(TokenKind.LEFT_BRACKET)) {
            return new Annotation.Named(name.toString(), cursor.since(first));
        }
        var opening = cursor.next();
        boolean outer = cursor.lineBreaksMatter(false);
        var dims = new ArrayList<Annotation.Dim>();
        while (!cursor.is(TokenKind.RIGHT_BRACKET)) {
            dims.add(dim());
            if (!cursor.accept(TokenKind.COMMA)) {
                break;
            }
        }
        cursor.close(TokenKind.RIGHT_BRACKET, opening);
        cursor.lineBreaksMatter(outer);
        return new Annotation.Tensor(name.toString(), dims, cursor.since(first));
    }

    /** {@code fn} and {@code none} are kinds too, though keywords. */
    private String annotationName() {
        if (cursor.is(TokenKind.FN) || cursor.is(TokenKind.NONE)) {
            return cursor.text(cursor.next());
        }
        return cursor.identifier("a kind, a dtype or a struct's name").text();
    }

    private Annotation.Dim dim() {
        var first = cursor.token();
        if (cursor.accept(TokenKind.ELLIPSIS)) {
            return new Annotation.Dim.Rest(cursor.since(first));
        } else if (cursor.is(TokenKind.INT)) {
            long size = integer();
            if (!cursor.accept(TokenKind.STAR)) {
                return new Annotation.Dim.Size(size, cursor.since(first));
            }
            return named(cursor.identifier("a dimension's name"), size);
        }
        var name = cursor.identifier("a dimension: a name, a number, _ or ...");
        return name.text().equals("_") ? new Annotation.Dim.Any(name.span())
                : named(name, cursor.accept(TokenKind.STAR) ? integer() : 1);
    }

    private Annotation.Dim named(Identifier name, long factor) {
        long offset = 0;
        if (cursor.is(TokenKind.PLUS) || cursor.is(TokenKind.MINUS)) {
            offset = cursor.next().kind() == TokenKind.PLUS ? integer() : -integer();
        }
        return new Annotation.Dim.Named(name.text(), factor, offset, cursor.since(name.span()));
    }

    private long integer() {
        var token = cursor.expect(TokenKind.INT);
        if (NumberText.parse(cursor.text(token), cursor.span(token)) instanceof Expr.IntLiteral(long value,
                var suffix, _)
                && suffix.isEmpty()) {
            return value;
        }
        throw cursor.failure(new SyntaxProblem.Expected("a whole number", "`" + cursor.text(token) + "`",
                Optional.empty()),
                cursor.span(token));
    }
}

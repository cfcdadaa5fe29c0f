package tfl.language.parse;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tfl.language.ast.Element;
import tfl.language.ast.Expr;
import tfl.language.ast.Identifier;
import tfl.language.ast.Path;
import tfl.language.ast.Pattern;
import tfl.language.ast.RecordEntry;
import tfl.language.lex.SyntaxProblem;
import tfl.language.source.Located;
import tfl.language.source.Span;

/** Reads the left side of an assignment, which was parsed as an expression, as a pattern or a path. */
sealed interface Targets {
    record Taken(Pattern pattern) implements Targets {}

    record Updated(Path path) implements Targets {}

    static Targets of(Expr left) {
        return switch (left) {
            case Expr.Field _, Expr.Index _ -> new Updated(path(left));
            default -> new Taken(pattern(left));
        };
    }

    private static Pattern pattern(Expr expr) {
        return switch (expr) {
            case Expr.Name(String name, var span) ->
                name.equals("_") ? new Pattern.Wildcard(span) : new Pattern.Bind(name, span);
            case Expr.Tuple(var elements, var span) -> new Pattern.Tuple(tuple(elements), span);
            case Expr.Record record -> fields(record);
            case Expr.Block(var statements, var span) when statements.isEmpty() ->
                new Pattern.Fields(List.of(), Optional.empty(), span);
            default -> throw notAssignable(expr);
        };
    }

    private static List<Pattern> tuple(List<Element> elements) {
        var patterns = new ArrayList<Pattern>();
        boolean rest = false;
        for (var element : elements) {
            switch (element) {
                case Element.Item(Expr value) -> patterns.add(pattern(value));
                case Element.Spread(Expr.Name(String name, var nameSpan), var span) -> {
                    if (rest) {
                        throw failure(Patterns.twoRests(), element.span());
                    }
                    rest = true;
                    patterns.add(new Pattern.Rest(name.equals("_") ? Optional.empty()
                            : Optional.of(new Identifier(name, nameSpan)), span));
                }
                case Element.Spread(Expr value, _) -> throw notAssignable(value);
            }
        }
        return patterns;
    }

    private static Pattern fields(Expr.Record whole) {
        var fields = new ArrayList<Pattern.FieldPattern>();
        Optional<Identifier> rest = Optional.empty();
        for (var entry : whole.entries()) {
            switch (entry) {
                case RecordEntry.Field(var name, var value, var span) ->
                    fields.add(new Pattern.FieldPattern(name, pattern(value), span));
                case RecordEntry.Spread(Expr.Name(String name, var span), _) when
                        entry == whole.entries().getLast() -> rest = Optional.of(new Identifier(name, span));
                case RecordEntry.Spread _ -> throw notAssignable(whole);
            }
        }
        return new Pattern.Fields(fields, rest, whole.span());
    }

    /** A name, or a name and steps into its value. */
    static Path path(Expr left) {
        var steps = new ArrayList<Path.Step>();
        var expr = left;
        while (true) {
            switch (expr) {
                case Expr.Name(String name, var span) when !name.equals("_") -> {
                    return new Path(new Identifier(name, span), steps.reversed(), left.span());
                }
                case Expr.Field(var target, var name, var span) -> {
                    steps.add(new Path.Step.Field(name, span));
                    expr = target;
                }
                case Expr.Index(var target, var subscripts, var span) -> {
                    steps.add(new Path.Step.Index(subscripts, span));
                    expr = target;
                }
                default -> throw notAssignable(expr);
            }
        }
    }

    private static Failure notAssignable(Expr expr) {
        Optional<String> help = switch (expr) {
            case Expr.Comparison _, Expr.And _, Expr.Or _ -> Optional.of("write == to compare");
            case Expr.Tensor _ -> Optional.of("take values apart with ( ): (a, b) = t");
            case Expr.Field _,
                    Expr.Index _ -> Optional.of("assign to the parts one by one: x[0] = a; y.b = c");
            default -> Optional.empty();
        };
        String what = switch (expr) {
            case Expr.Call _ -> "the result of a call";
            case Expr.IntLiteral _, Expr.FloatLiteral _ -> "a number";
            case Expr.StringLiteral _ -> "a string";
            case Expr.BoolLiteral _, Expr.NoneLiteral _ -> "`" + expr.span().text() + "`";
            case Expr.Tensor _ -> "a tensor";
            case Expr.Name _ -> "`_` with an operator";
            case Expr.Field _, Expr.Index _ -> "a part of a value inside ( )";
            default -> "this expression";
        };
        return failure(new SyntaxProblem.NotAssignable(what, help), expr.span());
    }

    private static Failure failure(SyntaxProblem problem, Span span) {
        return new Failure(Optional.of(new Located(problem, span)), false);
    }
}

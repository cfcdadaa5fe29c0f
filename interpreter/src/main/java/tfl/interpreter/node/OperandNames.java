package tfl.interpreter.node;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import tfl.interpreter.RuntimeProblem;
import tfl.interpreter.builtin.Builtin;
import tfl.interpreter.builtin.prelude.Prelude;
import tfl.interpreter.value.Signature;
import tfl.language.ast.Expr;
import tfl.language.ast.Statement;
import tfl.language.parse.Parser;
import tfl.language.source.Source;
import tfl.language.source.Span;
import tfl.primitive.ShapeProblem;

/** Names operands in messages by what the text says. */
public final class OperandNames {
    private static final int LONGEST = 30;

    private OperandNames() {}

    /** The text of an operand, or null if it is too long to stand in a sentence. */
    public static String text(ExpressionNode node) {
        return text(node.span());
    }

    private static String text(Span span) {
        String text = span.isKnown() ? span.text() : "";
        return text.isEmpty() || text.length() > LONGEST || text.indexOf('\n') >= 0 ? null : text;
    }

    /** The text of x in {@code x[...]}, which that place has; null if it has something else. */
    public static String target(Span place) {
        return expression(place) instanceof Expr.Index index ? text(index.target().span()) : null;
    }

    /** The problem of an operation that a graph met later, as the node that stands there would have told it. */
    public static RuntimeProblem problem(ShapeProblem problem, Span place) {
        String called = called(place);
        return called != null && new Prelude().find(called) instanceof Builtin function
                ? RuntimeProblem.of(problem, names(function)).by(called)
                : RuntimeProblem.of(problem, Collections.singletonList(target(place)))
                        .labelled(label(target(place), problem.kinds()));
    }

    /** The name of the function that is called at that place; null if it has something else. */
    static String called(Span place) {
        return switch (expression(place)) {
            case Expr.Call call -> name(call.callee());
            case Expr.Pipe pipe -> name(pipe.target() instanceof Expr.Call call ? call.callee() : pipe.target());
            case null, default -> null;
        };
    }

    private static String name(Expr function) {
        return switch (function) {
            case Expr.Name(var name, var span) -> name;
            case Expr.Field(var target, var name, var span) -> name.text();
            default -> null;
        };
    }

    /** What stands beside the underline: what an operand is called, if that is known, and what it is. */
    public static String label(String operand, String kinds) {
        return operand == null || kinds.isEmpty() ? kinds : operand + ": " + kinds;
    }

    private static List<String> names(Builtin function) {
        return function.signature().parameters().stream().map(Signature.Parameter::name).toList();
    }

    private static Expr expression(Span place) {
        var statements = Parser.parse(Source.of("", place.text())).module().statements();
        return statements.size() == 1 && statements.getFirst() instanceof Statement.Expression one ? one.value() : null;
    }

    /** The problem with its operands named. */
    public static RuntimeProblem problem(ShapeProblem problem, ExpressionNode... operands) {
        var texts = Arrays.stream(operands).map(OperandNames::text).toList();
        return RuntimeProblem.of(problem, texts);
    }
}

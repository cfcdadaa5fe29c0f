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
import tfl.language.source.Location;
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
    public static RuntimeProblem problem(ShapeProblem problem, Location place) {
        if (place.builtin() != null && new Prelude().find(place.builtin()) instanceof Builtin function) {
            return RuntimeProblem.of(problem, names(function)).by(place.builtin());
        }
        var target = target(place.span());
        return RuntimeProblem.of(problem, Collections.singletonList(target))
                .labelled(label(target, problem.kinds()));
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

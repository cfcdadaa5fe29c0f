package tfl.interpreter.node.operate;

import java.util.Arrays;
import tfl.interpreter.RuntimeProblem;
import tfl.interpreter.node.ExpressionNode;
import tfl.primitive.ShapeProblem;

/** Names operands in messages by what the text says. */
public final class OperandNames {
    private static final int LONGEST = 30;

    private OperandNames() {}

    /** The text of an operand, or null if it is too long to stand in a sentence. */
    public static String text(ExpressionNode node) {
        String text = node.span().isKnown() ? node.span().text() : "";
        return text.isEmpty() || text.length() > LONGEST || text.indexOf('\n') >= 0 ? null : text;
    }

    /** The problem with its operands named. */
    public static RuntimeProblem problem(ShapeProblem problem, ExpressionNode... operands) {
        var texts = Arrays.stream(operands).map(OperandNames::text).toList();
        return RuntimeProblem.of(problem, texts);
    }
}

package tfl.interpreter.translate;

import tfl.language.ast.Children;
import tfl.language.ast.Expr;
import tfl.language.ast.Function;
import tfl.language.ast.Node;
import tfl.language.ast.Statement;

/**
 * Finds functions that bind a variable inside an operand, as in {@code x + (if c { x = 1 } ...)}: there the
 * old value may
 * still be waiting as an operand when the variable lets go of it.
 */
final class Hazard {
    private Hazard() {}

    /** Whether the function's own code does so. */
    static boolean isIn(Node body) {
        return isIn(body, false);
    }

    private static boolean isIn(Node node, boolean operand) {
        if (node instanceof Function) {
            return false;
        }
        if (operand && (node instanceof Statement.Assign || node instanceof Statement.Update
                || node instanceof Expr.For
                || node instanceof Expr.Match || node instanceof Expr.Try)) {
            return true;
        }
        boolean inner = operand || !isControl(node);
        for (var child : Children.of(node)) {
            if (isIn(child, inner)) {
                return true;
            }
        }
        return false;
    }

    /** Whether nothing waits while a part of this node is evaluated. */
    private static boolean isControl(Node node) {
        return switch (node) {
            case Expr.Block block -> true;
            case Expr.If branch -> true;
            case Expr.While loop -> true;
            case Expr.For loop -> true;
            case Expr.Match match -> true;
            case Expr.Match.Arm arm -> true;
            case Expr.Try attempt -> true;
            case Expr.Try.Catch handler -> true;
            case Expr.Return jump -> true;
            case Expr other -> false;
            case Statement.Assign assign -> true;
            case Statement.Expression expression -> true;
            default -> !(node instanceof Statement);
        };
    }
}

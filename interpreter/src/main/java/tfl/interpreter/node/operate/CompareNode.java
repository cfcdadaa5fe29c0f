package tfl.interpreter.node.operate;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.dsl.Fallback;
import com.oracle.truffle.api.dsl.Idempotent;
import com.oracle.truffle.api.dsl.NodeChild;
import com.oracle.truffle.api.dsl.Specialization;
import tfl.interpreter.Place;
import tfl.interpreter.TflException;
import tfl.interpreter.builtin.tensor.Operators;
import tfl.interpreter.node.ExpressionNode;
import tfl.interpreter.node.OperandNames;
import tfl.interpreter.value.Holding;
import tfl.interpreter.value.None;
import tfl.language.ast.ComparisonOperator;
import tfl.primitive.ShapeProblem;

/** One link of a comparison. */
@NodeChild(value = "left", type = ExpressionNode.class)
@NodeChild(value = "right", type = ExpressionNode.class)
public abstract class CompareNode extends ExpressionNode {
    protected final ComparisonOperator operator;

    protected CompareNode(ComparisonOperator operator) {
        this.operator = operator;
    }

    protected abstract ExpressionNode getLeft();

    protected abstract ExpressionNode getRight();

    @Specialization(guards = "isOrder()")
    boolean ints(long left, long right) {
        return switch (operator) {
            case EQUAL -> left == right;
            case NOT_EQUAL -> left != right;
            case LESS -> left < right;
            case LESS_EQUAL -> left <= right;
            case GREATER -> left > right;
            default -> left >= right;
        };
    }

    @Specialization(guards = "isOrder()")
    boolean floats(double left, double right) {
        return switch (operator) {
            case EQUAL -> left == right;
            case NOT_EQUAL -> left != right;
            case LESS -> left < right;
            case LESS_EQUAL -> left <= right;
            case GREATER -> left > right;
            default -> left >= right;
        };
    }

    @Specialization(guards = "isOrder()")
    boolean mixed(long left, double right) {
        return floats(left, right);
    }

    @Specialization(guards = "isOrder()")
    boolean mixed(double left, long right) {
        return floats(left, right);
    }

    @Specialization(guards = "isEquality()")
    boolean bools(boolean left, boolean right) {
        return left == right == (operator == ComparisonOperator.EQUAL);
    }

    @Specialization(guards = {"isEquality()", "left == none() || right == none()"})
    boolean nones(Object left, Object right) {
        return left == right == (operator == ComparisonOperator.EQUAL);
    }

    @Fallback
    @TruffleBoundary
    Object others(Object left, Object right) {
        Place.at(span());
        Object result;
        try {
            result = Operators.compare(operator, left, right);
        } catch (ShapeProblem problem) {
            throw located(TflException.of(OperandNames.problem(problem, getLeft(), getRight())));
        } catch (RuntimeException error) {
            throw located(error);
        }
        Holding.discardAfter(left, result);
        Holding.discardAfter(right, result);
        return result;
    }

    @Idempotent
    protected static Object none() {
        return None.NONE;
    }

    @Idempotent
    protected final boolean isOrder() {
        return operator != ComparisonOperator.IN && operator != ComparisonOperator.NOT_IN;
    }

    @Idempotent
    protected final boolean isEquality() {
        return operator == ComparisonOperator.EQUAL || operator == ComparisonOperator.NOT_EQUAL;
    }
}

package tfl.interpreter.node.operate;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.dsl.Fallback;
import com.oracle.truffle.api.dsl.Idempotent;
import com.oracle.truffle.api.dsl.NodeChild;
import com.oracle.truffle.api.dsl.Specialization;
import tfl.interpreter.ErrorKind;
import tfl.interpreter.Place;
import tfl.interpreter.TflException;
import tfl.interpreter.builtin.tensor.Operators;
import tfl.interpreter.node.ExpressionNode;
import tfl.interpreter.node.OperandNames;
import tfl.interpreter.value.Holding;
import tfl.language.ast.UnaryOperator;
import tfl.primitive.ShapeProblem;

/** {@code + - ~}; {@code not} has a node of its own. */
@NodeChild(value = "operand", type = ExpressionNode.class)
public abstract class UnaryNode extends ExpressionNode {
    protected final UnaryOperator operator;

    protected UnaryNode(UnaryOperator operator) {
        this.operator = operator;
    }

    protected abstract ExpressionNode getOperand();

    @Specialization
    long ints(long operand) {
        return switch (operator) {
            case PLUS -> operand;
            case INVERT -> ~operand;
            default -> negated(operand);
        };
    }

    @Specialization(guards = "isSign()")
    double floats(double operand) {
        return operator == UnaryOperator.PLUS ? operand : -operand;
    }

    @Specialization(guards = "!isSign()")
    boolean bools(boolean operand) {
        return !operand;
    }

    @Fallback
    @TruffleBoundary
    Object others(Object operand) {
        Place.at(span());
        Object result;
        try {
            result = Operators.unary(operator, operand);
        } catch (ShapeProblem problem) {
            throw located(TflException.of(OperandNames.problem(problem, getOperand())));
        } catch (RuntimeException error) {
            throw located(error);
        }
        Holding.discardAfter(operand, result);
        return result;
    }

    @Idempotent
    protected final boolean isSign() {
        return operator != UnaryOperator.INVERT;
    }

    private long negated(long operand) {
        if (operand == Long.MIN_VALUE) {
            throw located(TflException.of(ErrorKind.ARITHMETIC, "TFL-E0231", "-(" + operand
                    + ") does not fit an int (64 bits)"));
        }
        return -operand;
    }
}

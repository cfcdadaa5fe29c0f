package tfl.interpreter.node.operate;

import com.oracle.truffle.api.dsl.Fallback;
import com.oracle.truffle.api.dsl.Specialization;
import tfl.language.ast.BinaryOperator;

/** {@code + - *}: machine arithmetic on scalars, where ints that overflow are an error. */
public abstract class ArithmeticNode extends NumberNode {
    protected ArithmeticNode(BinaryOperator operator) {
        super(operator);
    }

    @Specialization
    long ints(long left, long right) {
        try {
            return switch (operator) {
                case ADD -> Math.addExact(left, right);
                case SUBTRACT -> Math.subtractExact(left, right);
                default -> Math.multiplyExact(left, right);
            };
        } catch (ArithmeticException tooLarge) {
            throw overflow(left, right);
        }
    }

    @Override
    @Specialization
    double floats(double left, double right) {
        return switch (operator) {
            case ADD -> left + right;
            case SUBTRACT -> left - right;
            default -> StrengthReduction.product(left, right);
        };
    }

    @Fallback
    Object others(Object left, Object right) {
        return general(left, right);
    }
}

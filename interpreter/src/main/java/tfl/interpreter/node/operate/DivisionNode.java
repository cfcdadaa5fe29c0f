package tfl.interpreter.node.operate;

import com.oracle.truffle.api.dsl.Fallback;
import com.oracle.truffle.api.dsl.Specialization;
import tfl.interpreter.builtin.tensor.FloatArithmetic;
import tfl.language.ast.BinaryOperator;

/** {@code // %}: the quotient is rounded down, so the remainder has the divisor's sign. */
public abstract class DivisionNode extends NumberNode {
    protected DivisionNode(BinaryOperator operator) {
        super(operator);
    }

    @Specialization
    long ints(long left, long right) {
        if (right == 0) {
            throw arithmetic("TFL-E0232", "division of an int by zero", "a float gives inf or nan: " + left + ".0");
        }
        // Rounding down makes powers of two simple; where the divisor is a literal, this is all that is left.
        if (right > 0 && (right & right - 1) == 0) {
            return operator == BinaryOperator.REMAINDER ? left & right - 1
                    : left >> Long.numberOfTrailingZeros(right);
        }
        if (operator == BinaryOperator.REMAINDER) {
            return Math.floorMod(left, right);
        }
        if (left == Long.MIN_VALUE && right == -1) {
            throw overflow(left, right);
        }
        return Math.floorDiv(left, right);
    }

    @Override
    @Specialization
    double floats(double left, double right) {
        if (operator == BinaryOperator.FLOOR_DIVIDE) {
            return FloatArithmetic.floorDivide(left, right);
        }
        return FloatArithmetic.remainder(left, right);
    }

    @Fallback
    Object others(Object left, Object right) {
        return general(left, right);
    }
}

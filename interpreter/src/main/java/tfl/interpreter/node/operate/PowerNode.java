package tfl.interpreter.node.operate;

import com.oracle.truffle.api.dsl.Fallback;
import com.oracle.truffle.api.dsl.Specialization;
import tfl.interpreter.builtin.tensor.FloatArithmetic;
import tfl.language.ast.BinaryOperator;

/** {@code **}: of ints an int if the exponent is not negative, else a float. */
public abstract class PowerNode extends NumberNode {
    protected PowerNode() {
        super(BinaryOperator.POWER);
    }

    @Specialization(guards = "right == 2")
    long square(long left, @SuppressWarnings("unused") long right) {
        try {
            return Math.multiplyExact(left, left);
        } catch (ArithmeticException tooLarge) {
            throw overflow(left, 2);
        }
    }

    @Specialization(guards = "right >= 0", replaces = "square")
    long ints(long left, long right) {
        try {
            return Math.powExact(left, Math.toIntExact(right));
        } catch (ArithmeticException tooLarge) {
            throw overflow(left, right);
        }
    }

    @Specialization(guards = "right < 0")
    double fraction(long left, long right) {
        return floats(left, right);
    }

    @Override
    @Specialization
    double floats(double left, double right) {
        return right == 2 ? left * left : FloatArithmetic.power(left, right);
    }

    @Fallback
    Object others(Object left, Object right) {
        return general(left, right);
    }
}

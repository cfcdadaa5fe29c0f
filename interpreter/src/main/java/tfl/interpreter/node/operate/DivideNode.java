package tfl.interpreter.node.operate;

import com.oracle.truffle.api.dsl.Fallback;
import com.oracle.truffle.api.dsl.Specialization;
import tfl.language.ast.BinaryOperator;

/**
 * {@code /}: true division. Of two ints it is a float; by an int zero it is an error, by a float zero inf or
 * nan.
 */
public abstract class DivideNode extends NumberNode {
    protected DivideNode() {
        super(BinaryOperator.DIVIDE);
    }

    @Specialization
    double ints(long left, long right) {
        if (right == 0) {
            throw arithmetic("TFL-E0232", "division of an int by zero", "a float gives inf or nan: " + left
                    + " / 0.0");
        }
        return StrengthReduction.quotient(left, right);
    }

    @Override
    @Specialization
    double floats(double left, double right) {
        return StrengthReduction.quotient(left, right);
    }

    @Fallback
    Object others(Object left, Object right) {
        return general(left, right);
    }
}

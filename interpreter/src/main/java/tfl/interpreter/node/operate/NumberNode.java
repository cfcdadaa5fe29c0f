package tfl.interpreter.node.operate;

import com.oracle.truffle.api.dsl.GenerateCached;
import com.oracle.truffle.api.dsl.Specialization;
import tfl.language.ast.BinaryOperator;

/** An operator of numbers, where an int beside a float is one. */
@GenerateCached(false)
public abstract class NumberNode extends BinaryNode {
    protected NumberNode(BinaryOperator operator) {
        super(operator);
    }

    abstract double floats(double left, double right);

    @Specialization
    double mixed(long left, double right) {
        return floats(left, right);
    }

    @Specialization
    double mixed(double left, long right) {
        return floats(left, right);
    }
}

package tfl.interpreter.node.operate;

import com.oracle.truffle.api.dsl.Specialization;
import tfl.language.ast.BinaryOperator;

/** Operators that mean nothing to scalars: {@code @}. */
public abstract class GeneralBinaryNode extends BinaryNode {
    protected GeneralBinaryNode(BinaryOperator operator) {
        super(operator);
    }

    @Specialization
    Object all(Object left, Object right) {
        return general(left, right);
    }
}

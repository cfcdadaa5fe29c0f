package tfl.interpreter.node.operate;

import com.oracle.truffle.api.frame.VirtualFrame;
import tfl.interpreter.node.ExpressionNode;

/** {@code not}. */
public final class NotNode extends ExpressionNode {
    @Child private ConditionNode operand;

    public NotNode(ConditionNode operand) {
        this.operand = operand;
    }

    @Override
    public boolean executeBoolean(VirtualFrame frame) {
        return !operand.test(frame);
    }

    @Override
    public Object executeGeneric(VirtualFrame frame) {
        return executeBoolean(frame);
    }
}

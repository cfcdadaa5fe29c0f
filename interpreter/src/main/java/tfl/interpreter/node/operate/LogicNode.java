package tfl.interpreter.node.operate;

import com.oracle.truffle.api.frame.VirtualFrame;
import tfl.interpreter.node.ExpressionNode;

/** {@code and}, {@code or}: the right side only if it matters. */
public final class LogicNode extends ExpressionNode {
    private final boolean isAnd;
    @Child private ConditionNode left;
    @Child private ConditionNode right;

    public LogicNode(boolean isAnd, ConditionNode left, ConditionNode right) {
        this.isAnd = isAnd;
        this.left = left;
        this.right = right;
    }

    @Override
    public boolean executeBoolean(VirtualFrame frame) {
        return left.test(frame) == isAnd ? right.test(frame) : !isAnd;
    }

    @Override
    public Object executeGeneric(VirtualFrame frame) {
        return executeBoolean(frame);
    }
}

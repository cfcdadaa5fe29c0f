package tfl.interpreter.node.control;

import com.oracle.truffle.api.frame.VirtualFrame;
import tfl.interpreter.node.ExpressionNode;
import tfl.interpreter.node.jump.ReturnException;

/** {@code return value}. */
public final class ReturnNode extends ExpressionNode {
    @Child private ExpressionNode value;

    public ReturnNode(ExpressionNode value) {
        this.value = value;
    }

    @Override
    public Object executeGeneric(VirtualFrame frame) {
        throw new ReturnException(value.executeGeneric(frame));
    }
}

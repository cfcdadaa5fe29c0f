package tfl.interpreter.node.match;

import com.oracle.truffle.api.frame.VirtualFrame;
import tfl.interpreter.node.ExpressionNode;
import tfl.interpreter.value.None;

/** {@code (a, b) = value}. */
public final class DestructureNode extends ExpressionNode {
    @Child private PatternNode target;
    @Child private ExpressionNode value;

    public DestructureNode(PatternNode target, ExpressionNode value) {
        this.target = target;
        this.value = value;
    }

    @Override
    public Object executeGeneric(VirtualFrame frame) {
        target.bind(frame, value.executeGeneric(frame));
        return None.NONE;
    }
}

package tfl.interpreter.node.control;

import com.oracle.truffle.api.frame.VirtualFrame;
import tfl.interpreter.node.ExpressionNode;
import tfl.interpreter.node.jump.Jump;

/** {@code break} or {@code continue}. */
public final class JumpNode extends ExpressionNode {
    private final boolean isBreak;

    public JumpNode(boolean isBreak) {
        this.isBreak = isBreak;
    }

    @Override
    public Object executeGeneric(VirtualFrame frame) {
        throw isBreak ? Jump.BREAK : Jump.CONTINUE;
    }
}

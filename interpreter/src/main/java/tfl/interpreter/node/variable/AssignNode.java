package tfl.interpreter.node.variable;

import com.oracle.truffle.api.frame.VirtualFrame;
import tfl.interpreter.node.ExpressionNode;
import tfl.interpreter.value.None;

/** {@code name = value}. */
public final class AssignNode extends ExpressionNode {
    @Child private ExpressionNode value;
    @Child private WriteNode write;

    public AssignNode(ExpressionNode value, WriteNode write) {
        this.value = value;
        this.write = write;
    }

    @Override
    public Object executeGeneric(VirtualFrame frame) {
        write.execute(frame, value.executeGeneric(frame));
        return None.NONE;
    }
}

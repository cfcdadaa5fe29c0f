package tfl.interpreter.node.define;

import com.oracle.truffle.api.frame.VirtualFrame;
import tfl.interpreter.node.ExpressionNode;
import tfl.interpreter.node.variable.WriteNode;
import tfl.interpreter.value.None;

/** {@code fn name(...)}: binds the name to the function, decorators applied. */
public final class DefineNode extends ExpressionNode {
    @Child private ExpressionNode function;
    @Child private WriteNode target;

    public DefineNode(ExpressionNode function, WriteNode target) {
        this.function = function;
        this.target = target;
    }

    @Override
    public Object executeGeneric(VirtualFrame frame) {
        target.execute(frame, function.executeGeneric(frame));
        return None.NONE;
    }
}

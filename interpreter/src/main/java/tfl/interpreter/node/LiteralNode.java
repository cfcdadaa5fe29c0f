package tfl.interpreter.node;

import com.oracle.truffle.api.frame.VirtualFrame;
import com.oracle.truffle.api.nodes.NodeInfo;

/** A value known from the text. */
@NodeInfo(shortName = "literal")
public final class LiteralNode extends ExpressionNode {
    private final Object value;

    public LiteralNode(Object value) {
        this.value = value;
    }

    public Object value() {
        return value;
    }

    @Override
    public Object executeGeneric(VirtualFrame frame) {
        return value;
    }

    @Override
    public void run(VirtualFrame frame) {}
}

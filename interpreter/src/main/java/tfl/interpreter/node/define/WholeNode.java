package tfl.interpreter.node.define;

import com.oracle.truffle.api.frame.VirtualFrame;
import com.oracle.truffle.api.nodes.Node;
import tfl.interpreter.node.Ending;
import tfl.interpreter.node.ExpressionNode;

/** All that a function does, its entry included: tools that watch it see a frame with nothing in it yet. */
public final class WholeNode extends ExpressionNode implements Ending {
    @Child private EntryNode entry;
    @Child private ExpressionNode body;

    public WholeNode(EntryNode entry, ExpressionNode body) {
        this.entry = entry;
        this.body = body;
    }

    @Override
    public Object executeGeneric(VirtualFrame frame) {
        entry.execute(frame);
        return body.executeGeneric(frame);
    }

    @Override
    public boolean endsWith(Node child) {
        return child == body;
    }
}

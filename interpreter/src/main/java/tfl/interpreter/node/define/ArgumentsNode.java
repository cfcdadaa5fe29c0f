package tfl.interpreter.node.define;

import com.oracle.truffle.api.frame.VirtualFrame;
import tfl.interpreter.node.ExpressionNode;
import tfl.interpreter.value.TupleValue;

/** In the place of all that a function does: what its parameters are bound to, as a tuple. */
public final class ArgumentsNode extends ExpressionNode {
    @Child private EntryNode entry;

    public ArgumentsNode(EntryNode entry) {
        this.entry = entry;
    }

    @Override
    public Object executeGeneric(VirtualFrame frame) {
        return new TupleValue(entry.values(frame));
    }
}

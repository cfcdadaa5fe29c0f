package tfl.interpreter.node.match;

import com.oracle.truffle.api.frame.VirtualFrame;
import com.oracle.truffle.api.nodes.ExplodeLoop;
import tfl.interpreter.node.ExpressionNode;
import tfl.interpreter.node.variable.WriteNode;
import tfl.interpreter.value.Holding;
import tfl.interpreter.value.None;

/** {@code (a, b) = (b, a)}: all values are there before a name is bound, and there is no tuple. */
public final class ParallelAssignNode extends ExpressionNode {
    @Children private final ExpressionNode[] values;
    @Children private final WriteNode[] targets;

    public ParallelAssignNode(ExpressionNode[] values, WriteNode[] targets) {
        this.values = values;
        this.targets = targets;
    }

    @Override
    @ExplodeLoop
    public Object executeGeneric(VirtualFrame frame) {
        var results = new Object[values.length];
        for (int i = 0; i < values.length; i++) {
            results[i] = values[i].executeGeneric(frame);
        }
        for (int i = 0; i < values.length; i++) {
            // A name that is bound before may have been the last to hold a value.
            Holding.retain(results[i]);
        }
        for (int i = 0; i < values.length; i++) {
            targets[i].execute(frame, results[i]);
        }
        for (int i = 0; i < values.length; i++) {
            Holding.release(results[i]);
        }
        return None.NONE;
    }
}

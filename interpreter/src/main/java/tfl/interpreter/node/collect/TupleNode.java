package tfl.interpreter.node.collect;

import com.oracle.truffle.api.frame.VirtualFrame;
import com.oracle.truffle.api.nodes.ExplodeLoop;
import tfl.interpreter.node.ExpressionNode;
import tfl.interpreter.value.Holding;
import tfl.interpreter.value.TupleValue;

/** {@code (a, b)}. */
public final class TupleNode extends ExpressionNode {
    @Children private final ExpressionNode[] elements;

    public TupleNode(ExpressionNode[] elements) {
        this.elements = elements;
    }

    @Override
    @ExplodeLoop
    public Object executeGeneric(VirtualFrame frame) {
        var values = new Object[elements.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = elements[i].executeGeneric(frame);
        }
        for (int i = 0; i < values.length; i++) {
            Holding.retain(values[i]);
        }
        return TupleValue.ofRetained(values);
    }
}

package tfl.interpreter.node.collect;

import com.oracle.truffle.api.frame.VirtualFrame;
import com.oracle.truffle.api.nodes.ExplodeLoop;
import tfl.interpreter.node.ExpressionNode;
import tfl.interpreter.value.Holding;
import tfl.interpreter.value.RecordLayout;
import tfl.interpreter.value.RecordValue;

/** {@code {x: a, y: b}}. */
public final class RecordNode extends ExpressionNode {
    private final RecordLayout layout;
    @Children private final ExpressionNode[] values;

    public RecordNode(RecordLayout layout, ExpressionNode[] values) {
        this.layout = layout;
        this.values = values;
    }

    @Override
    @ExplodeLoop
    public Object executeGeneric(VirtualFrame frame) {
        var fields = new Object[values.length];
        for (int i = 0; i < fields.length; i++) {
            fields[i] = values[i].executeGeneric(frame);
        }
        for (int i = 0; i < fields.length; i++) {
            Holding.retain(fields[i]);
        }
        return RecordValue.ofRetained(layout, fields);
    }
}

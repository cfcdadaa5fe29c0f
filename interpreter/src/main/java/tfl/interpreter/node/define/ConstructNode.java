package tfl.interpreter.node.define;

import com.oracle.truffle.api.CompilerDirectives;
import com.oracle.truffle.api.frame.VirtualFrame;
import com.oracle.truffle.api.nodes.ExplodeLoop;
import tfl.interpreter.node.ExpressionNode;
import tfl.interpreter.value.ClosureValue;
import tfl.interpreter.value.Holding;
import tfl.interpreter.value.StructType;
import tfl.interpreter.value.StructValue;

/** The body of a struct's constructor: the first slots are the fields, the last captured value is the type. */
public final class ConstructNode extends ExpressionNode {
    private final int fields;
    private final int typeIndex;

    public ConstructNode(int fields, int typeIndex) {
        this.fields = fields;
        this.typeIndex = typeIndex;
    }

    @Override
    @ExplodeLoop
    public Object executeGeneric(VirtualFrame frame) {
        var self = CompilerDirectives.castExact(frame.getArguments()[0], ClosureValue.class);
        var type = CompilerDirectives.castExact(self.captured(typeIndex), StructType.class);
        var values = new Object[fields];
        for (int i = 0; i < fields; i++) {
            values[i] = frame.getValue(i);
            Holding.retain(values[i]);
        }
        return StructValue.ofRetained(type, values);
    }
}

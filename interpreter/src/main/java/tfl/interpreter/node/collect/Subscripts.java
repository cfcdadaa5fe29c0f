package tfl.interpreter.node.collect;

import com.oracle.truffle.api.frame.VirtualFrame;
import com.oracle.truffle.api.nodes.ExplodeLoop;
import com.oracle.truffle.api.nodes.Node;
import tfl.interpreter.node.ExpressionNode;

/** What stands between brackets. */
public final class Subscripts extends Node {
    @Children private final ExpressionNode[] subscripts;

    public Subscripts(ExpressionNode[] subscripts) {
        this.subscripts = subscripts;
    }

    @ExplodeLoop
    Object[] execute(VirtualFrame frame) {
        var places = new Object[subscripts.length];
        for (int i = 0; i < places.length; i++) {
            places[i] = subscripts[i].executeGeneric(frame);
        }
        return places;
    }
}

package tfl.interpreter.node.variable;

import com.oracle.truffle.api.frame.VirtualFrame;
import com.oracle.truffle.api.nodes.Node;

/** Binds one name. */
public abstract class WriteNode extends Node {
    /** Binds the name to the value. */
    public abstract void execute(VirtualFrame frame, Object value);
}

package tfl.interpreter.node.control;

import com.oracle.truffle.api.frame.VirtualFrame;
import com.oracle.truffle.api.nodes.ExplodeLoop;
import tfl.interpreter.node.ExpressionNode;
import tfl.interpreter.value.None;

/** Statements in order; the value is that of the last one. */
public final class BlockNode extends ExpressionNode {
    @Children private final ExpressionNode[] statements;

    public BlockNode(ExpressionNode[] statements) {
        this.statements = statements;
    }

    @Override
    @ExplodeLoop
    public Object executeGeneric(VirtualFrame frame) {
        int last = statements.length - 1;
        for (int i = 0; i < last; i++) {
            statements[i].run(frame);
        }
        return last < 0 ? None.NONE : statements[last].executeGeneric(frame);
    }

    @Override
    @ExplodeLoop
    public void run(VirtualFrame frame) {
        for (var statement : statements) {
            statement.run(frame);
        }
    }
}

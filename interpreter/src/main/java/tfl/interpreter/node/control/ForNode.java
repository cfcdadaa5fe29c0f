package tfl.interpreter.node.control;

import com.oracle.truffle.api.Truffle;
import com.oracle.truffle.api.frame.VirtualFrame;
import com.oracle.truffle.api.nodes.LoopNode;
import com.oracle.truffle.api.nodes.Node;
import com.oracle.truffle.api.nodes.RepeatingNode;
import tfl.interpreter.node.ExpressionNode;
import tfl.interpreter.node.match.PatternNode;
import tfl.interpreter.node.sequence.Cursor;
import tfl.interpreter.node.sequence.Cursors;
import tfl.interpreter.value.Holding;
import tfl.interpreter.value.None;

/** {@code for pattern in sequence}, for every kind of sequence. */
public final class ForNode extends ExpressionNode {
    @Child private ExpressionNode sequence;
    @Child private LoopNode loop;
    private final int cursorSlot;

    /** @param cursorSlot a slot that the loop keeps its state in */
    public ForNode(ExpressionNode sequence, PatternNode target, ExpressionNode body, int cursorSlot) {
        this.sequence = sequence;
        this.cursorSlot = cursorSlot;
        this.loop = Truffle.getRuntime().createLoopNode(new Round(target, body));
    }

    @Override
    public Object executeGeneric(VirtualFrame frame) {
        Object values = sequence.executeGeneric(frame);
        Cursor cursor;
        try {
            cursor = Cursors.of(values, this);
        } catch (RuntimeException error) {
            throw sequence.located(error);
        }
        Holding.retain(values);
        frame.setObject(cursorSlot, cursor);
        try {
            loop.execute(frame);
        } finally {
            cursor.close();
        }
        Holding.release(values);
        return None.NONE;
    }

    private final class Round extends Node implements RepeatingNode {
        @Child private PatternNode target;
        @Child private LoopBodyNode body;

        Round(PatternNode target, ExpressionNode body) {
            this.target = target;
            this.body = new LoopBodyNode(body);
        }

        @Override
        public boolean executeRepeating(VirtualFrame frame) {
            Object element = next((Cursor) frame.getObject(cursorSlot));
            if (element == null) {
                return false;
            }
            target.bind(frame, element);
            return body.executeRound(frame);
        }

        private Object next(Cursor cursor) {
            try {
                return cursor.next();
            } catch (RuntimeException error) {
                throw located(error);
            }
        }
    }
}

package tfl.interpreter.node.control;

import com.oracle.truffle.api.Truffle;
import com.oracle.truffle.api.frame.VirtualFrame;
import com.oracle.truffle.api.nodes.LoopNode;
import com.oracle.truffle.api.nodes.Node;
import com.oracle.truffle.api.nodes.RepeatingNode;
import tfl.interpreter.node.ExpressionNode;
import tfl.interpreter.node.collect.RangeNode;
import tfl.interpreter.node.match.PatternNode;
import tfl.interpreter.value.None;

/** {@code for i in a..b}: counts in frame slots, without a range. */
public final class ForRangeNode extends ExpressionNode {
    @Child private RangeNode range;
    @Child private LoopNode loop;
    private final int nextSlot;
    private final int leftSlot;
    private final int stepSlot;

    /** @param firstSlot the first of three slots that the loop keeps its state in */
    public ForRangeNode(RangeNode range, PatternNode target, ExpressionNode body, int firstSlot) {
        this.range = range;
        this.nextSlot = firstSlot;
        this.leftSlot = firstSlot + 1;
        this.stepSlot = firstSlot + 2;
        this.loop = Truffle.getRuntime().createLoopNode(new Round(target, body));
    }

    @Override
    public Object executeGeneric(VirtualFrame frame) {
        var values = range.executeRange(frame);
        frame.setLong(nextSlot, values.start());
        frame.setLong(leftSlot, values.size());
        frame.setLong(stepSlot, values.step());
        loop.execute(frame);
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
            long left = frame.getLong(leftSlot);
            if (left == 0) {
                return false;
            }
            long value = frame.getLong(nextSlot);
            frame.setLong(leftSlot, left - 1);
            frame.setLong(nextSlot, value + frame.getLong(stepSlot));
            target.bind(frame, value);
            return body.executeRound(frame);
        }
    }
}

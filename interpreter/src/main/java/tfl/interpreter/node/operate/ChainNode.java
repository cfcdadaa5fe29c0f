package tfl.interpreter.node.operate;

import com.oracle.truffle.api.frame.VirtualFrame;
import com.oracle.truffle.api.nodes.ExplodeLoop;
import tfl.interpreter.node.ExpressionNode;
import tfl.interpreter.value.Holding;

/** {@code a < b < c}: each operand once, none after a link that fails. */
public final class ChainNode extends ExpressionNode {
    @Children private final ConditionNode[] links;

    public ChainNode(ConditionNode[] links) {
        this.links = links;
    }

    @Override
    @ExplodeLoop
    public boolean executeBoolean(VirtualFrame frame) {
        for (var link : links) {
            if (!link.test(frame)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public Object executeGeneric(VirtualFrame frame) {
        return executeBoolean(frame);
    }

    /** Keeps an operand for the next link. */
    public static final class Keep extends ExpressionNode {
        @Child private ExpressionNode operand;
        private final int slot;

        public Keep(ExpressionNode operand, int slot) {
            this.operand = operand;
            this.slot = slot;
        }

        @Override
        public Object executeGeneric(VirtualFrame frame) {
            Object value = operand.executeGeneric(frame);
            Holding.pin(value);
            frame.setObject(slot, value);
            return value;
        }
    }

    /** The operand that the link before kept. */
    public static final class Again extends ExpressionNode {
        private final int slot;

        public Again(int slot) {
            this.slot = slot;
        }

        @Override
        public Object executeGeneric(VirtualFrame frame) {
            return frame.getObject(slot);
        }
    }
}

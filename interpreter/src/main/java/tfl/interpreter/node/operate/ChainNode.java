package tfl.interpreter.node.operate;

import com.oracle.truffle.api.CompilerDirectives;
import com.oracle.truffle.api.frame.MaterializedFrame;
import com.oracle.truffle.api.frame.VirtualFrame;
import com.oracle.truffle.api.nodes.ExplodeLoop;
import com.oracle.truffle.api.nodes.UnexpectedResultException;
import tfl.interpreter.node.ExpressionNode;
import tfl.interpreter.node.jump.Outcomes;
import tfl.interpreter.trace.Choice;
import tfl.interpreter.trace.Conditions;
import tfl.interpreter.trace.Outcome;
import tfl.interpreter.trace.Position;
import tfl.interpreter.trace.UnknownCondition;
import tfl.interpreter.value.Holding;
import tfl.tensor.TensorValue;

/** {@code a < b < c}: each operand once, none after a link that fails. */
public final class ChainNode extends ExpressionNode {
    @Children private final ConditionNode[] links;

    public ChainNode(ConditionNode[] links) {
        this.links = links;
    }

    @Override
    @ExplodeLoop
    public boolean executeBoolean(VirtualFrame frame) throws UnexpectedResultException {
        for (int i = 0; i < links.length; i++) {
            boolean holds;
            try {
                holds = links[i].test(frame);
            } catch (UnknownCondition unknown) {
                CompilerDirectives.transferToInterpreter();
                throw new UnexpectedResultException(choose(frame.materialize(), unknown.condition(), i + 1));
            }
            if (!holds) {
                return false;
            }
        }
        return true;
    }

    private Object choose(MaterializedFrame frame, TensorValue condition, int next) {
        if (next == links.length) {
            return Conditions.seen(condition);
        }
        return Outcomes.deliver(Choice.of(frame, condition, own -> Outcomes.caught(() -> rest(own, next)),
                own -> Outcome.normal(false), new Choice.Site(this, span(), Position.WITHIN)));
    }

    private Object rest(MaterializedFrame frame, int next) {
        Object holds = links[next].value(frame);
        if (holds instanceof TensorValue condition) {
            return choose(frame, Conditions.truth(condition), next + 1);
        }
        return (boolean) holds && next + 1 < links.length ? rest(frame, next + 1) : holds;
    }

    @Override
    public Object executeGeneric(VirtualFrame frame) {
        try {
            return executeBoolean(frame);
        } catch (UnexpectedResultException unknown) {
            return unknown.getResult();
        }
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

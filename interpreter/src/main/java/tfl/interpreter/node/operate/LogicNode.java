package tfl.interpreter.node.operate;

import com.oracle.truffle.api.CompilerDirectives;
import com.oracle.truffle.api.frame.MaterializedFrame;
import com.oracle.truffle.api.frame.VirtualFrame;
import com.oracle.truffle.api.nodes.UnexpectedResultException;
import tfl.interpreter.node.ExpressionNode;
import tfl.interpreter.node.jump.Outcomes;
import tfl.interpreter.trace.Body;
import tfl.interpreter.trace.Choice;
import tfl.interpreter.trace.Conditions;
import tfl.interpreter.trace.Outcome;
import tfl.interpreter.trace.Position;
import tfl.interpreter.trace.UnknownCondition;
import tfl.tensor.TensorValue;

/** {@code and}, {@code or}: the right side only if it matters. */
public final class LogicNode extends ExpressionNode {
    private final boolean isAnd;
    @Child private ConditionNode left;
    @Child private ConditionNode right;

    public LogicNode(boolean isAnd, ConditionNode left, ConditionNode right) {
        this.isAnd = isAnd;
        this.left = left;
        this.right = right;
    }

    @Override
    public boolean executeBoolean(VirtualFrame frame) throws UnexpectedResultException {
        boolean holds;
        try {
            holds = left.test(frame);
        } catch (UnknownCondition unknown) {
            CompilerDirectives.transferToInterpreter();
            throw new UnexpectedResultException(choose(frame.materialize(), unknown.condition()));
        }
        return holds == isAnd ? right.test(frame) : !isAnd;
    }

    private Object choose(MaterializedFrame frame, TensorValue condition) {
        Body rest = own -> Outcomes.caught(() -> right.value(own));
        Body decided = own -> Outcome.normal(!isAnd);
        return Outcomes.deliver(Choice.of(frame, condition, isAnd ? rest : decided, isAnd ? decided : rest,
                new Choice.Site(this, span(), Position.WITHIN)));
    }

    @Override
    public Object executeGeneric(VirtualFrame frame) {
        try {
            return executeBoolean(frame);
        } catch (UnexpectedResultException unknown) {
            return unknown.getResult();
        } catch (UnknownCondition unknown) {
            return Conditions.seen(unknown.condition());
        }
    }
}

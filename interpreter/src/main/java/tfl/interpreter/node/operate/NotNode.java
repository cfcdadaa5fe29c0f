package tfl.interpreter.node.operate;

import com.oracle.truffle.api.CompilerDirectives;
import com.oracle.truffle.api.frame.VirtualFrame;
import com.oracle.truffle.api.nodes.UnexpectedResultException;
import tfl.interpreter.node.ExpressionNode;
import tfl.interpreter.trace.Conditions;
import tfl.interpreter.trace.UnknownCondition;

/** {@code not}. */
public final class NotNode extends ExpressionNode {
    @Child private ConditionNode operand;

    public NotNode(ConditionNode operand) {
        this.operand = operand;
    }

    @Override
    public boolean executeBoolean(VirtualFrame frame) throws UnexpectedResultException {
        try {
            return !operand.test(frame);
        } catch (UnknownCondition unknown) {
            CompilerDirectives.transferToInterpreter();
            throw new UnexpectedResultException(Conditions.seen(Conditions.not(unknown.condition())));
        }
    }

    @Override
    public Object executeGeneric(VirtualFrame frame) {
        try {
            return executeBoolean(frame);
        } catch (UnexpectedResultException unknown) {
            return unknown.getResult();
        }
    }
}

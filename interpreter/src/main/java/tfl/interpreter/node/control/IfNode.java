package tfl.interpreter.node.control;

import com.oracle.truffle.api.frame.VirtualFrame;
import com.oracle.truffle.api.profiles.CountingConditionProfile;
import tfl.interpreter.node.ExpressionNode;
import tfl.interpreter.node.operate.ConditionNode;
import tfl.interpreter.value.None;

/** {@code if}. */
public final class IfNode extends ExpressionNode {
    @Child private ConditionNode condition;
    @Child private ExpressionNode thenBranch;
    @Child private ExpressionNode elseBranch;
    private final CountingConditionProfile profile = CountingConditionProfile.create();

    /** @param elseBranch null for none */
    public IfNode(ConditionNode condition, ExpressionNode thenBranch, ExpressionNode elseBranch) {
        this.condition = condition;
        this.thenBranch = thenBranch;
        this.elseBranch = elseBranch;
    }

    @Override
    public Object executeGeneric(VirtualFrame frame) {
        if (profile.profile(condition.test(frame))) {
            return thenBranch.executeGeneric(frame);
        }
        return elseBranch == null ? None.NONE : elseBranch.executeGeneric(frame);
    }

    @Override
    public void run(VirtualFrame frame) {
        if (profile.profile(condition.test(frame))) {
            thenBranch.run(frame);
        } else if (elseBranch != null) {
            elseBranch.run(frame);
        }
    }
}

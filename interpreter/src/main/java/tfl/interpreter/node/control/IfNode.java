package tfl.interpreter.node.control;

import com.oracle.truffle.api.CompilerDirectives;
import com.oracle.truffle.api.frame.MaterializedFrame;
import com.oracle.truffle.api.frame.VirtualFrame;
import com.oracle.truffle.api.nodes.Node;
import com.oracle.truffle.api.profiles.CountingConditionProfile;
import tfl.interpreter.node.Ending;
import tfl.interpreter.node.ExpressionNode;
import tfl.interpreter.node.jump.Outcomes;
import tfl.interpreter.node.operate.ConditionNode;
import tfl.interpreter.trace.Choice;
import tfl.interpreter.trace.UnknownCondition;
import tfl.interpreter.value.None;

/** {@code if}. */
public final class IfNode extends ExpressionNode implements Ending {
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
        boolean holds;
        try {
            holds = condition.test(frame);
        } catch (UnknownCondition unknown) {
            CompilerDirectives.transferToInterpreter();
            return choose(frame.materialize(), unknown, true);
        }
        if (profile.profile(holds)) {
            return thenBranch.executeGeneric(frame);
        }
        return elseBranch == null ? None.NONE : elseBranch.executeGeneric(frame);
    }

    @Override
    public void run(VirtualFrame frame) {
        boolean holds;
        try {
            holds = condition.test(frame);
        } catch (UnknownCondition unknown) {
            CompilerDirectives.transferToInterpreter();
            choose(frame.materialize(), unknown, false);
            return;
        }
        if (profile.profile(holds)) {
            thenBranch.run(frame);
        } else if (elseBranch != null) {
            elseBranch.run(frame);
        }
    }

    private Object choose(MaterializedFrame frame, UnknownCondition unknown, boolean valued) {
        return Outcomes.deliver(Choice.of(frame, unknown.condition(), Outcomes.of(thenBranch, valued),
                Outcomes.of(elseBranch, valued), Outcomes.site(this)));
    }

    @Override
    public boolean endsWith(Node child) {
        return child == thenBranch || child == elseBranch;
    }
}

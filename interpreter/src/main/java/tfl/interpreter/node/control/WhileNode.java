package tfl.interpreter.node.control;

import com.oracle.truffle.api.CompilerDirectives;
import com.oracle.truffle.api.Truffle;
import com.oracle.truffle.api.frame.MaterializedFrame;
import com.oracle.truffle.api.frame.VirtualFrame;
import com.oracle.truffle.api.nodes.LoopNode;
import com.oracle.truffle.api.nodes.Node;
import com.oracle.truffle.api.nodes.RepeatingNode;
import com.oracle.truffle.api.profiles.LoopConditionProfile;
import tfl.interpreter.node.ExpressionNode;
import tfl.interpreter.node.jump.OpenRound;
import tfl.interpreter.node.jump.Outcomes;
import tfl.interpreter.node.operate.ConditionNode;
import tfl.interpreter.trace.Loop;
import tfl.interpreter.trace.Outcome;
import tfl.interpreter.trace.UnknownCondition;
import tfl.interpreter.value.None;
import tfl.tensor.TensorValue;

/** {@code while}. */
public final class WhileNode extends ExpressionNode {
    @Child private LoopNode loop;

    public WhileNode(ConditionNode condition, ExpressionNode body) {
        this.loop = Truffle.getRuntime().createLoopNode(new Round(condition, body));
    }

    @Override
    public Object executeGeneric(VirtualFrame frame) {
        try {
            loop.execute(frame);
        } catch (UnknownCondition unknown) {
            CompilerDirectives.transferToInterpreter();
            return Outcomes.deliver(traced(frame.materialize(), unknown.condition(), null));
        } catch (OpenRound open) {
            CompilerDirectives.transferToInterpreter();
            return Outcomes.deliver(traced(frame.materialize(), null, open.outcome()));
        }
        return None.NONE;
    }

    private Outcome traced(MaterializedFrame frame, TensorValue holds, Outcome start) {
        var round = (Round) loop.getRepeatingNode();
        return Loop.whileHolds(frame, round::holds, holds, round.body::outcome, start, Outcomes.site(this));
    }

    private static final class Round extends Node implements RepeatingNode {
        @Child private ConditionNode condition;
        @Child private LoopBodyNode body;
        // Work is moved out of a loop only if the loop is known to go round often.
        private final LoopConditionProfile holds = LoopConditionProfile.create();

        Round(ConditionNode condition, ExpressionNode body) {
            this.condition = condition;
            this.body = new LoopBodyNode(body);
        }

        @Override
        public boolean executeRepeating(VirtualFrame frame) {
            return holds.profile(condition.test(frame)) && body.executeRound(frame);
        }

        Object holds(MaterializedFrame frame) {
            try {
                return condition.test(frame);
            } catch (UnknownCondition unknown) {
                return unknown.condition();
            }
        }
    }
}

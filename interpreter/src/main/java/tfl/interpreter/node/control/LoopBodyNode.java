package tfl.interpreter.node.control;

import com.oracle.truffle.api.frame.MaterializedFrame;
import com.oracle.truffle.api.frame.VirtualFrame;
import com.oracle.truffle.api.nodes.Node;
import com.oracle.truffle.api.profiles.BranchProfile;
import tfl.interpreter.node.ExpressionNode;
import tfl.interpreter.node.jump.Jump;
import tfl.interpreter.node.jump.Outcomes;
import tfl.interpreter.node.jump.Round;
import tfl.interpreter.trace.Outcome;

/** One round of a loop. */
final class LoopBodyNode extends Node implements Round {
    @Child private ExpressionNode body;
    private final BranchProfile jumped = BranchProfile.create();

    LoopBodyNode(ExpressionNode body) {
        this.body = body;
    }

    /** Whether the loop goes on. */
    boolean executeRound(VirtualFrame frame) {
        try {
            body.run(frame);
            return true;
        } catch (Jump jump) {
            jumped.enter();
            return jump == Jump.CONTINUE;
        }
    }

    /** Runs a round, and says how it ends. */
    Outcome outcome(MaterializedFrame frame) {
        return Outcomes.of(body, false).run(frame);
    }
}

package tfl.interpreter.node.control;

import com.oracle.truffle.api.Truffle;
import com.oracle.truffle.api.frame.VirtualFrame;
import com.oracle.truffle.api.nodes.LoopNode;
import com.oracle.truffle.api.nodes.Node;
import com.oracle.truffle.api.nodes.RepeatingNode;
import tfl.interpreter.node.ExpressionNode;
import tfl.interpreter.node.operate.ConditionNode;
import tfl.interpreter.value.None;

/** {@code while}. */
public final class WhileNode extends ExpressionNode {
    @Child private LoopNode loop;

    public WhileNode(ConditionNode condition, ExpressionNode body) {
        this.loop = Truffle.getRuntime().createLoopNode(new Round(condition, body));
    }

    @Override
    public Object executeGeneric(VirtualFrame frame) {
        loop.execute(frame);
        return None.NONE;
    }

    private static final class Round extends Node implements RepeatingNode {
        @Child private ConditionNode condition;
        @Child private LoopBodyNode body;

        Round(ConditionNode condition, ExpressionNode body) {
            this.condition = condition;
            this.body = new LoopBodyNode(body);
        }

        @Override
        public boolean executeRepeating(VirtualFrame frame) {
            return condition.test(frame) && body.executeRound(frame);
        }
    }
}

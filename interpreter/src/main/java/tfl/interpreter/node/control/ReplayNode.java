package tfl.interpreter.node.control;

import com.oracle.truffle.api.CompilerDirectives;
import com.oracle.truffle.api.frame.MaterializedFrame;
import com.oracle.truffle.api.frame.VirtualFrame;
import com.oracle.truffle.api.instrumentation.InstrumentableNode.WrapperNode;
import com.oracle.truffle.api.nodes.Node;
import tfl.interpreter.node.Ending;
import tfl.interpreter.node.ExpressionNode;
import tfl.interpreter.node.jump.Outcomes;
import tfl.interpreter.node.jump.Round;
import tfl.interpreter.trace.Replay;

/** A statement or function with a jump in the middle of an expression, where a graph or a map may have the choice. */
public final class ReplayNode extends ExpressionNode implements Ending {
    @Child private ExpressionNode statement;

    private ReplayNode(ExpressionNode statement) {
        this.statement = statement;
    }

    /** A statement, such that a choice in it that only a graph makes may leave it from anywhere. */
    public static ExpressionNode around(ExpressionNode statement) {
        return leavesMidway(statement, true) ? new ReplayNode(statement).at(statement.span()) : statement;
    }

    private static boolean leavesMidway(Node node, boolean last) {
        if (last && node instanceof ReplayNode) {
            return false;
        }
        if (!last && (node instanceof JumpNode || node instanceof ReturnNode)) {
            return true;
        }
        for (var child : node.getChildren()) {
            boolean ends = node instanceof Ending ending && ending.endsWith(child) || node instanceof WrapperNode
                    || node instanceof BlockNode || node instanceof Round || child instanceof Round;
            if (leavesMidway(child, last && ends)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public Object executeGeneric(VirtualFrame frame) {
        if (Replay.mayBeNeeded()) {
            CompilerDirectives.transferToInterpreter();
            return replay(frame.materialize(), true);
        }
        return statement.executeGeneric(frame);
    }

    @Override
    public void run(VirtualFrame frame) {
        if (Replay.mayBeNeeded()) {
            CompilerDirectives.transferToInterpreter();
            replay(frame.materialize(), false);
        } else {
            statement.run(frame);
        }
    }

    private Object replay(MaterializedFrame frame, boolean valued) {
        return Outcomes.deliver(Replay.of(frame, Outcomes.of(statement, valued), Outcomes.site(this)));
    }

    @Override
    public boolean endsWith(Node child) {
        return child == statement;
    }
}

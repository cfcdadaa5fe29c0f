package tfl.interpreter.node.match;

import com.oracle.truffle.api.CompilerDirectives;
import com.oracle.truffle.api.frame.VirtualFrame;
import com.oracle.truffle.api.nodes.ExplodeLoop;
import com.oracle.truffle.api.nodes.Node;
import tfl.interpreter.ErrorKind;
import tfl.interpreter.TflException;
import tfl.interpreter.builtin.text.Kinds;
import tfl.interpreter.node.Ending;
import tfl.interpreter.node.ExpressionNode;
import tfl.interpreter.node.operate.ConditionNode;
import tfl.interpreter.value.Holding;

/** {@code match}: the first arm that fits. */
public final class MatchNode extends ExpressionNode implements Ending {
    @Child private ExpressionNode subject;
    @Children private final Arm[] arms;

    public MatchNode(ExpressionNode subject, Arm[] arms) {
        this.subject = subject;
        this.arms = arms;
    }

    @Override
    @ExplodeLoop
    public Object executeGeneric(VirtualFrame frame) {
        Object value = subject.executeGeneric(frame);
        for (var arm : arms) {
            if (arm.pattern.matches(frame, value) && (arm.guard == null || arm.guard.test(frame))) {
                Holding.discard(value);
                return arm.body.executeGeneric(frame);
            }
        }
        CompilerDirectives.transferToInterpreter();
        throw subject.located(TflException.of(ErrorKind.VALUE, "TFL-E0251", "no arm of this match fits "
                + Kinds.describe(value),
                "end with _ -> ... for everything else"));
    }

    @Override
    public boolean endsWith(Node child) {
        return child instanceof Arm;
    }

    /** {@code pattern if guard -> body}. */
    public static final class Arm extends Node implements Ending {
        @Child private PatternNode pattern;
        @Child private ConditionNode guard;
        @Child private ExpressionNode body;

        /** @param guard null for none */
        public Arm(PatternNode pattern, ConditionNode guard, ExpressionNode body) {
            this.pattern = pattern;
            this.guard = guard;
            this.body = body;
        }

        @Override
        public boolean endsWith(Node child) {
            return child == body;
        }
    }
}

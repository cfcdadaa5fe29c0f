package tfl.interpreter.node.match;

import com.oracle.truffle.api.CompilerDirectives;
import com.oracle.truffle.api.frame.MaterializedFrame;
import com.oracle.truffle.api.frame.VirtualFrame;
import com.oracle.truffle.api.nodes.ExplodeLoop;
import com.oracle.truffle.api.nodes.Node;
import tfl.interpreter.ErrorKind;
import tfl.interpreter.TflException;
import tfl.interpreter.builtin.text.Kinds;
import tfl.interpreter.node.Ending;
import tfl.interpreter.node.ExpressionNode;
import tfl.interpreter.node.jump.Outcomes;
import tfl.interpreter.node.operate.ConditionNode;
import tfl.interpreter.trace.Body;
import tfl.interpreter.trace.Choice;
import tfl.interpreter.trace.Conditions;
import tfl.interpreter.trace.Outcome;
import tfl.interpreter.trace.Raised;
import tfl.interpreter.trace.UnknownCondition;
import tfl.interpreter.value.Holding;
import tfl.interpreter.value.None;

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
        for (int i = 0; i < arms.length; i++) {
            boolean fits;
            try {
                fits = arms[i].pattern.matches(frame, value)
                        && (arms[i].guard == null || arms[i].guard.test(frame));
            } catch (UnknownCondition unknown) {
                CompilerDirectives.transferToInterpreter();
                Holding.pin(value);
                return Outcomes.deliver(arm(frame.materialize(), value, i, 0));
            }
            if (fits) {
                Holding.discard(value);
                return arms[i].body.executeGeneric(frame);
            }
        }
        CompilerDirectives.transferToInterpreter();
        throw Raised.by("match", None.NONE, nothing -> unfit(value));
    }

    private TflException unfit(Object value) {
        return (TflException) subject.located(TflException.of(ErrorKind.VALUE, "TFL-E0251", "no arm of this match fits "
                + Kinds.describe(value),
                "end with _ -> ... for everything else"));
    }

    /** The arms from that one on, of whose pattern so many unknown conditions are taken for true. */
    private Outcome arm(MaterializedFrame frame, Object value, int index, int assumed) {
        if (index == arms.length) {
            throw Raised.by("match", value, this::unfit);
        }
        var arm = arms[index];
        try {
            if (!Conditions.assuming(assumed, () -> arm.pattern.matches(frame, value))) {
                return arm(frame, value, index + 1, 0);
            }
        } catch (UnknownCondition unknown) {
            return choose(frame, unknown, own -> arm(own, value, index, assumed + 1), value, index);
        }
        try {
            return arm.guard == null || arm.guard.test(frame) ? Outcomes.of(arm.body, true).run(frame)
                    : arm(frame, value, index + 1, 0);
        } catch (UnknownCondition unknown) {
            return choose(frame, unknown, Outcomes.of(arm.body, true), value, index);
        }
    }

    private Outcome choose(MaterializedFrame frame, UnknownCondition unknown, Body yes, Object value, int index) {
        return Choice.of(frame, unknown.condition(), yes, own -> arm(own, value, index + 1, 0), Outcomes.site(this));
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

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
import tfl.interpreter.node.collect.OpenRange;
import tfl.interpreter.node.collect.RangeNode;
import tfl.interpreter.node.jump.OpenRound;
import tfl.interpreter.node.jump.Outcomes;
import tfl.interpreter.node.match.PatternNode;
import tfl.interpreter.trace.Elements;
import tfl.interpreter.trace.Loop;
import tfl.interpreter.trace.Outcome;
import tfl.interpreter.value.None;
import tfl.interpreter.value.RangeValue;

/** {@code for i in a..b}: counts in frame slots, without a range. */
public final class ForRangeNode extends ExpressionNode {
    @Child private RangeNode range;
    @Child private LoopNode loop;
    private final int nextSlot;
    private final int leftSlot;
    private final int stepSlot;
    private final int countSlot;

    /**
     * A loop.
     *
     * @param firstSlot the first of three slots that the loop keeps its state in
     * @param countSlot a variable that it counts in where only a graph knows how often it goes round
     */
    public ForRangeNode(RangeNode range, PatternNode target, ExpressionNode body, int firstSlot, int countSlot) {
        this.range = range;
        this.nextSlot = firstSlot;
        this.leftSlot = firstSlot + 1;
        this.stepSlot = firstSlot + 2;
        this.countSlot = countSlot;
        this.loop = Truffle.getRuntime().createLoopNode(new Round(target, body));
    }

    @Override
    public Object executeGeneric(VirtualFrame frame) {
        Object all = range.executeOpen(frame);
        if (!(all instanceof RangeValue values)) {
            CompilerDirectives.transferToInterpreter();
            return Outcomes.deliver(counted(frame.materialize(), (OpenRange) all));
        }
        if (Loop.isLong(values.size())) {
            CompilerDirectives.transferToInterpreter();
            var outcome = traced(frame.materialize(), values, null);
            if (outcome != null) {
                return Outcomes.deliver(outcome);
            }
        }
        frame.setLong(nextSlot, values.start());
        frame.setLong(leftSlot, values.size());
        frame.setLong(stepSlot, values.step());
        try {
            loop.execute(frame);
        } catch (OpenRound open) {
            CompilerDirectives.transferToInterpreter();
            return Outcomes.deliver(rest(frame.materialize(), open.outcome()));
        }
        return None.NONE;
    }

    private Outcome counted(MaterializedFrame frame, OpenRange values) {
        var round = (Round) loop.getRepeatingNode();
        frame.setObject(countSlot, values.from());
        try {
            return Loop.whileHolds(frame, own -> values.has(own.getValue(countSlot)), null, own -> {
                Object count = own.getValue(countSlot);
                own.setObject(countSlot, values.after(count));
                return round.outcome(own, count);
            }, null, Outcomes.site(this));
        } finally {
            frame.setObject(countSlot, null);
        }
    }

    private Outcome traced(MaterializedFrame frame, RangeValue values, Outcome start) {
        var round = (Round) loop.getRepeatingNode();
        return Loop.over(frame, Elements.of(values), round::outcome, start, Outcomes.site(this));
    }

    private Outcome rest(MaterializedFrame frame, Outcome round) {
        var left = new RangeValue(frame.getLong(nextSlot), frame.getLong(stepSlot), frame.getLong(leftSlot));
        var outcome = traced(frame, left, round);
        return outcome != null ? outcome : Loop.after(frame, round, this::goOn, Outcomes.site(this));
    }

    private Outcome goOn(MaterializedFrame frame) {
        var outcome = Outcomes.caught(() -> {
            loop.execute(frame);
            return None.NONE;
        });
        return outcome.kind() == Outcome.Kind.OPEN ? rest(frame, outcome) : outcome;
    }

    private final class Round extends Node implements RepeatingNode {
        @Child private PatternNode target;
        @Child private LoopBodyNode body;
        private final LoopConditionProfile goesOn = LoopConditionProfile.create();

        Round(PatternNode target, ExpressionNode body) {
            this.target = target;
            this.body = new LoopBodyNode(body);
        }

        @Override
        public boolean executeRepeating(VirtualFrame frame) {
            long left = frame.getLong(leftSlot);
            if (!goesOn.profile(left != 0)) {
                return false;
            }
            long value = frame.getLong(nextSlot);
            frame.setLong(leftSlot, left - 1);
            frame.setLong(nextSlot, value + frame.getLong(stepSlot));
            target.bind(frame, value);
            return body.executeRound(frame);
        }

        Outcome outcome(MaterializedFrame frame, Object value) {
            target.bind(frame, value);
            return body.outcome(frame);
        }
    }
}

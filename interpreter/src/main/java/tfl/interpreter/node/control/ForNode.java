package tfl.interpreter.node.control;

import com.oracle.truffle.api.CompilerDirectives;
import com.oracle.truffle.api.Truffle;
import com.oracle.truffle.api.frame.MaterializedFrame;
import com.oracle.truffle.api.frame.VirtualFrame;
import com.oracle.truffle.api.nodes.LoopNode;
import com.oracle.truffle.api.nodes.Node;
import com.oracle.truffle.api.nodes.RepeatingNode;
import java.util.ArrayList;
import tfl.interpreter.node.ExpressionNode;
import tfl.interpreter.node.jump.OpenRound;
import tfl.interpreter.node.jump.Outcomes;
import tfl.interpreter.node.match.PatternNode;
import tfl.interpreter.node.sequence.Cursor;
import tfl.interpreter.node.sequence.Cursors;
import tfl.interpreter.trace.Elements;
import tfl.interpreter.trace.Loop;
import tfl.interpreter.trace.Outcome;
import tfl.interpreter.value.Holding;
import tfl.interpreter.value.None;
import tfl.interpreter.value.TupleValue;
import tfl.tensor.TensorValue;

/** {@code for pattern in sequence}, for every kind of sequence. */
public final class ForNode extends ExpressionNode {
    @Child private ExpressionNode sequence;
    @Child private LoopNode loop;
    private final int cursorSlot;

    /** @param cursorSlot a slot that the loop keeps its state in */
    public ForNode(ExpressionNode sequence, PatternNode target, ExpressionNode body, int cursorSlot) {
        this.sequence = sequence;
        this.cursorSlot = cursorSlot;
        this.loop = Truffle.getRuntime().createLoopNode(new Round(target, body));
    }

    @Override
    public Object executeGeneric(VirtualFrame frame) {
        Object values = sequence.executeGeneric(frame);
        if (Loop.isTraced()) {
            CompilerDirectives.transferToInterpreter();
            var outcome = traced(frame.materialize(), Elements.of(values), null);
            if (outcome != null) {
                return Outcomes.deliver(outcome);
            }
        }
        Cursor cursor;
        Holding.retain(values);
        try {
            cursor = Cursors.of(values, this);
        } catch (RuntimeException error) {
            throw sequence.located(error);
        }
        frame.setObject(cursorSlot, cursor);
        try {
            loop.execute(frame);
        } catch (OpenRound open) {
            CompilerDirectives.transferToInterpreter();
            return Outcomes.deliver(rest(frame.materialize(), open.outcome()));
        } finally {
            cursor.close();
        }
        Holding.release(values);
        return None.NONE;
    }

    private Outcome traced(MaterializedFrame frame, Elements elements, Outcome start) {
        var round = (Round) loop.getRepeatingNode();
        return Loop.over(frame, elements, round::outcome, start, Outcomes.site(this));
    }

    // The elements that are left may be walked more than once, so they are taken out first.
    private Outcome rest(MaterializedFrame frame, Outcome round) {
        var cursor = (Cursor) frame.getObject(cursorSlot);
        var left = new ArrayList<Object>();
        for (Object next = cursor.next(); next != null; next = cursor.next()) {
            Holding.pin(next);
            left.add(next);
        }
        return Loop.after(frame, round, own -> goOn(own, TupleValue.of(left.toArray())), Outcomes.site(this));
    }

    private Outcome goOn(MaterializedFrame frame, TupleValue left) {
        frame.setObject(cursorSlot, Cursors.of(left, this));
        var outcome = Outcomes.caught(() -> {
            loop.execute(frame);
            return None.NONE;
        });
        return outcome.kind() == Outcome.Kind.OPEN ? rest(frame, outcome) : outcome;
    }

    private final class Round extends Node implements RepeatingNode {
        @Child private PatternNode target;
        @Child private LoopBodyNode body;

        Round(PatternNode target, ExpressionNode body) {
            this.target = target;
            this.body = new LoopBodyNode(body);
        }

        @Override
        public boolean executeRepeating(VirtualFrame frame) {
            Object element = next((Cursor) frame.getObject(cursorSlot));
            if (element == null) {
                return false;
            }
            target.bind(frame, element);
            return body.executeRound(frame);
        }

        Outcome outcome(MaterializedFrame frame, TensorValue element) {
            target.bind(frame, element);
            return body.outcome(frame);
        }

        private Object next(Cursor cursor) {
            try {
                return cursor.next();
            } catch (RuntimeException error) {
                throw located(error);
            }
        }
    }
}

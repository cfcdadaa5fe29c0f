package tfl.interpreter.node.control;

import com.oracle.truffle.api.CompilerDirectives;
import com.oracle.truffle.api.frame.MaterializedFrame;
import com.oracle.truffle.api.frame.VirtualFrame;
import com.oracle.truffle.api.nodes.ExplodeLoop;
import com.oracle.truffle.api.nodes.Node;
import java.util.function.Supplier;
import tfl.interpreter.node.Ending;
import tfl.interpreter.node.ExpressionNode;
import tfl.interpreter.node.jump.Outcomes;
import tfl.interpreter.trace.Choice;
import tfl.interpreter.trace.Outcome;
import tfl.interpreter.trace.Refusals;
import tfl.interpreter.trace.Split;
import tfl.interpreter.value.None;

/** Statements in order; the value is that of the last one. */
public final class BlockNode extends ExpressionNode implements Ending {
    @Children private final ExpressionNode[] statements;

    public BlockNode(ExpressionNode[] statements) {
        this.statements = statements;
    }

    @Override
    @ExplodeLoop
    public Object executeGeneric(VirtualFrame frame) {
        int last = statements.length - 1;
        for (int i = 0; i < last; i++) {
            try {
                statements[i].run(frame);
            } catch (Split split) {
                CompilerDirectives.transferToInterpreter();
                return Outcomes.deliver(split(frame.materialize(), split, i, true));
            }
        }
        return last < 0 ? None.NONE : statements[last].executeGeneric(frame);
    }

    @Override
    @ExplodeLoop
    public void run(VirtualFrame frame) {
        int last = statements.length - 1;
        for (int i = 0; i < last; i++) {
            try {
                statements[i].run(frame);
            } catch (Split split) {
                CompilerDirectives.transferToInterpreter();
                Outcomes.deliver(split(frame.materialize(), split, i, false));
                return;
            }
        }
        if (last >= 0) {
            statements[last].run(frame);
        }
    }

    /** A statement has two ends: what comes after it is done after each, as far as it is reached. */
    private Outcome split(MaterializedFrame frame, Split split, int index, boolean valued) {
        if (!Outcomes.endsIn(split.site(), statements[index])) {
            throw Refusals.midway(((ExpressionNode) split.site()).span(), split.site());
        }
        return Choice.of(frame, split.condition(), own -> after(own, () -> split.yes().run(own), index, valued),
                own -> after(own, () -> split.no().run(own), index, valued), Outcomes.site(this));
    }

    private Outcome after(MaterializedFrame frame, Supplier<Outcome> statement, int index, boolean valued) {
        Outcome outcome;
        try {
            outcome = statement.get();
        } catch (Split split) {
            return split(frame, split, index, valued);
        }
        return outcome.kind() == Outcome.Kind.NORMAL ? rest(frame, index + 1, valued) : outcome;
    }

    private Outcome rest(MaterializedFrame frame, int from, boolean valued) {
        return from == statements.length - 1 ? Outcomes.of(statements[from], valued).run(frame)
                : after(frame, () -> Outcomes.of(statements[from], false).run(frame), from, valued);
    }

    @Override
    public boolean endsWith(Node child) {
        return statements.length > 0 && statements[statements.length - 1] == child;
    }
}

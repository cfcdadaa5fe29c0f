package tfl.interpreter.node.control;

import com.oracle.truffle.api.CompilerDirectives;
import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.frame.MaterializedFrame;
import com.oracle.truffle.api.frame.VirtualFrame;
import tfl.interpreter.Catching;
import tfl.interpreter.ErrorKind;
import tfl.interpreter.TflException;
import tfl.interpreter.builtin.text.DeferredText;
import tfl.interpreter.builtin.text.ValueText;
import tfl.interpreter.node.ExpressionNode;
import tfl.interpreter.node.jump.Outcomes;
import tfl.interpreter.node.operate.ConditionNode;
import tfl.interpreter.trace.Choice;
import tfl.interpreter.trace.Outcome;
import tfl.interpreter.trace.Raised;
import tfl.interpreter.trace.UnknownCondition;
import tfl.interpreter.value.None;
import tfl.primitive.ShapeProblem;
import tfl.tensor.TensorValue;

/** {@code assert condition, message}. */
public final class AssertNode extends ExpressionNode {
    @Child private ConditionNode condition;
    @Child private ExpressionNode message;

    /** @param message null for none */
    public AssertNode(ConditionNode condition, ExpressionNode message) {
        this.condition = condition;
        this.message = message;
    }

    @Override
    public Object executeGeneric(VirtualFrame frame) {
        boolean holds;
        try {
            holds = condition.test(frame);
        } catch (UnknownCondition unknown) {
            CompilerDirectives.transferToInterpreter();
            return later(frame.materialize(), unknown.condition());
        }
        if (!holds) {
            CompilerDirectives.transferToInterpreter();
            throw raised(frame);
        }
        return None.NONE;
    }

    private Object later(MaterializedFrame frame, TensorValue unknown) {
        if (Catching.nearby() == 0) {
            Raised.unless("assert", unknown, text(frame), this::failed);
            return None.NONE;
        }
        return Outcomes.deliver(Choice.of(frame, unknown, own -> Outcome.normal(None.NONE),
                own -> Outcomes.caught(() -> {
                    throw raised(own);
                }), Outcomes.site(this)));
    }

    private RuntimeException raised(VirtualFrame frame) {
        return Raised.by("assert", text(frame), this::failed);
    }

    private Object text(VirtualFrame frame) {
        return message == null ? None.NONE : message.executeGeneric(frame);
    }

    @TruffleBoundary
    private TflException failed(Object text) {
        return failure(text).at(condition.span(), this);
    }

    private TflException failure(Object text) {
        try {
            return TflException.of(ErrorKind.ASSERTION, "TFL-E0240", text == None.NONE
                    ? "assertion failed: " + condition.span().text() : ValueText.print(text));
        } catch (ShapeProblem unknown) {
            return TflException.telling(ErrorKind.ASSERTION, "TFL-E0240", DeferredText.of(text));
        }
    }
}

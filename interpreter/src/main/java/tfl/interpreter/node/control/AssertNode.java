package tfl.interpreter.node.control;

import com.oracle.truffle.api.CompilerDirectives;
import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.frame.VirtualFrame;
import tfl.interpreter.ErrorKind;
import tfl.interpreter.TflException;
import tfl.interpreter.builtin.text.DeferredText;
import tfl.interpreter.builtin.text.ValueText;
import tfl.interpreter.node.ExpressionNode;
import tfl.interpreter.node.operate.ConditionNode;
import tfl.interpreter.trace.Raised;
import tfl.interpreter.trace.UnknownCondition;
import tfl.interpreter.value.None;
import tfl.primitive.ShapeProblem;

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
            Raised.unless("assert", unknown.condition(), text(frame), this::failed);
            return None.NONE;
        }
        if (!holds) {
            CompilerDirectives.transferToInterpreter();
            throw Raised.by("assert", text(frame), this::failed);
        }
        return None.NONE;
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

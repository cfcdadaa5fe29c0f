package tfl.interpreter.node.control;

import com.oracle.truffle.api.CompilerDirectives;
import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.frame.VirtualFrame;
import tfl.interpreter.ErrorKind;
import tfl.interpreter.RuntimeProblem;
import tfl.interpreter.TflException;
import tfl.interpreter.builtin.text.ValueText;
import tfl.interpreter.node.ExpressionNode;
import tfl.interpreter.node.operate.ConditionNode;
import tfl.interpreter.value.None;

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
        if (!condition.test(frame)) {
            CompilerDirectives.transferToInterpreter();
            throw failed(message == null ? null : message.executeGeneric(frame));
        }
        return None.NONE;
    }

    @TruffleBoundary
    private TflException failed(Object text) {
        return TflException.at(RuntimeProblem.of(ErrorKind.ASSERTION, "TFL-E0240",
                text == null ? "assertion failed: " + condition.span().text() : ValueText.print(text), null),
                condition.span(), this);
    }
}

package tfl.interpreter.node.operate;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.dsl.Fallback;
import com.oracle.truffle.api.dsl.NodeChild;
import com.oracle.truffle.api.dsl.Specialization;
import com.oracle.truffle.api.frame.VirtualFrame;
import com.oracle.truffle.api.nodes.UnexpectedResultException;
import tfl.interpreter.ErrorKind;
import tfl.interpreter.RuntimeProblem;
import tfl.interpreter.TflException;
import tfl.interpreter.builtin.text.Kinds;
import tfl.interpreter.node.ExpressionNode;
import tfl.interpreter.trace.Conditions;
import tfl.interpreter.trace.UnknownCondition;
import tfl.interpreter.value.Holding;
import tfl.tensor.DType;
import tfl.tensor.Tensor;
import tfl.tensor.TensorValue;
import tfl.transform.Lifted;

/** A condition: a bool, or a tensor of one element. */
@NodeChild(value = "value", type = ExpressionNode.class)
public abstract class ConditionNode extends ExpressionNode {
    /** Whoever owns a condition knows it as one; tools see the expression inside. */
    @Override
    public final boolean isInstrumentable() {
        return false;
    }

    /**
     * Whether it holds.
     *
     * @throws UnknownCondition if that is known only when a graph runs
     */
    public final boolean test(VirtualFrame frame) {
        try {
            return executeBoolean(frame);
        } catch (UnexpectedResultException impossible) {
            throw new AssertionError(impossible);
        }
    }

    /** Whether it holds: a {@code Boolean}, or a bool that only the graph knows. */
    public final Object value(VirtualFrame frame) {
        try {
            return test(frame);
        } catch (UnknownCondition unknown) {
            return Conditions.seen(unknown.condition());
        }
    }

    @Specialization
    boolean bool(boolean value) {
        return value;
    }

    @Specialization(guards = "value.size() == 1")
    @TruffleBoundary
    boolean tensor(Tensor value) {
        boolean truth = value.readDouble(0) != 0 || value.readImaginary(0) != 0;
        Holding.discard(value);
        return truth;
    }

    @Specialization(guards = {"value.type().shape().size() == 1", "isCondition(value)"})
    @TruffleBoundary
    boolean lifted(Lifted value) {
        if (Lifted.isKnown(value)) {
            return tensor(Lifted.plain(value));
        }
        throw new UnknownCondition(Conditions.truth(value));
    }

    /** Not for a number of the language: a condition takes none. */
    @TruffleBoundary
    static boolean isCondition(Lifted value) {
        return !value.isWeak() || value.type().dtype() == DType.BOOL;
    }

    @Fallback
    @TruffleBoundary
    boolean others(Object value) {
        boolean tensor = value instanceof TensorValue && !Lifted.isWeak(value);
        throw TflException.at(RuntimeProblem.of(ErrorKind.TYPE, "TFL-E0221",
                "a condition takes a bool" + (tensor ? " or a tensor of one element" : "") + ", this is "
                        + Kinds.of(value),
                tensor ? "reduce it with any(...) or all(...)" : "compare it with something"), span(), this);
    }
}

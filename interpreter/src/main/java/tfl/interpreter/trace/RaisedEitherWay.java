package tfl.interpreter.trace;

import com.oracle.truffle.api.frame.MaterializedFrame;
import com.oracle.truffle.api.nodes.ControlFlowException;
import tfl.tensor.TensorValue;

/**
 * Both sides of a choice within a {@code try} end in an error. The frame is as it was before the choice; the
 * {@code try} makes the choice instead, so that each side goes on with what its own error is caught by.
 */
public final class RaisedEitherWay extends ControlFlowException {
    private final transient TensorValue condition;
    private final transient MaterializedFrame frame;
    private final transient Body yes;
    private final transient Body no;

    RaisedEitherWay(TensorValue condition, MaterializedFrame frame, Body yes, Body no) {
        this.condition = condition;
        this.frame = frame;
        this.yes = yes;
        this.no = no;
    }

    public TensorValue condition() {
        return condition;
    }

    /** Goes to its error where the condition holds. */
    public Outcome yes() {
        return yes.run(frame);
    }

    /** Goes to its error where the condition does not hold. */
    public Outcome no() {
        return no.run(frame);
    }
}

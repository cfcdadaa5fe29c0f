package tfl.interpreter.trace;

import com.oracle.truffle.api.nodes.ControlFlowException;
import tfl.tensor.TensorValue;

/** A condition whose truth is known only when the graph runs, on its way to what chooses by it. */
public final class UnknownCondition extends ControlFlowException {
    private final transient TensorValue condition;

    /** @param condition one bool without axes */
    public UnknownCondition(TensorValue condition) {
        this.condition = condition;
    }

    public TensorValue condition() {
        return condition;
    }
}

package tfl.interpreter.trace;

import com.oracle.truffle.api.nodes.ControlFlowException;
import tfl.tensor.TensorValue;

/**
 * A side of a choice within a {@code try} ends in an error, or may. The {@code try} makes the choice instead, and goes
 * each way from its beginning, so that the error is caught on that side alone.
 */
public final class RaisingSide extends ControlFlowException {
    private final transient Replay caught;
    private final transient TensorValue condition;
    private final boolean ends;

    /** @param ends whether a side ends in an error whatever comes */
    RaisingSide(Replay caught, TensorValue condition, boolean ends) {
        this.caught = caught;
        this.condition = condition;
        this.ends = ends;
    }

    /** The try that catches the error. */
    Replay caught() {
        return caught;
    }

    TensorValue condition() {
        return condition;
    }

    boolean ends() {
        return ends;
    }
}

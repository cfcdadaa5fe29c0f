package tfl.interpreter.node.jump;

import com.oracle.truffle.api.nodes.ControlFlowException;

/** {@code return}, on its way to the function. */
public final class ReturnException extends ControlFlowException {
    private final transient Object result;

    public ReturnException(Object result) {
        this.result = result;
    }

    public Object result() {
        return result;
    }
}

package tfl.interpreter.node.jump;

import com.oracle.truffle.api.nodes.ControlFlowException;

/** {@code break} and {@code continue}, on their way to the loop. */
public final class Jump extends ControlFlowException {
    public static final Jump BREAK = new Jump();
    public static final Jump CONTINUE = new Jump();

    private Jump() {}
}

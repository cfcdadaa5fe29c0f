package tfl.interpreter.node.control;

import com.oracle.truffle.api.nodes.ControlFlowException;

/** {@code break} and {@code continue}, on their way to the loop. */
final class Jump extends ControlFlowException {
    static final Jump BREAK = new Jump();
    static final Jump CONTINUE = new Jump();

    private Jump() {}
}

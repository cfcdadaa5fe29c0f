package tfl.interpreter.trace;

import com.oracle.truffle.api.nodes.ControlFlowException;

/** The way that runs has ended in an error which the graph will raise when it runs and comes here. */
public final class Raised extends ControlFlowException {
    public static final Raised RAISED = new Raised();

    private Raised() {}
}

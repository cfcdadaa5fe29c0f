package tfl.interpreter.node.control;

import com.oracle.truffle.api.nodes.ControlFlowException;
import tfl.interpreter.trace.Outcome;

/** A round of a loop of which only the graph knows how it ends, on its way to the loop. */
final class OpenRound extends ControlFlowException {
    private final transient Outcome outcome;

    OpenRound(Outcome outcome) {
        this.outcome = outcome;
    }

    Outcome outcome() {
        return outcome;
    }
}

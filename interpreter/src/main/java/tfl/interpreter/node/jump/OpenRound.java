package tfl.interpreter.node.jump;

import com.oracle.truffle.api.nodes.ControlFlowException;
import tfl.interpreter.trace.Outcome;

/** A round of a loop of which only the graph knows how it ends, on its way to the loop. */
public final class OpenRound extends ControlFlowException {
    private final transient Outcome outcome;

    public OpenRound(Outcome outcome) {
        this.outcome = outcome;
    }

    public Outcome outcome() {
        return outcome;
    }
}

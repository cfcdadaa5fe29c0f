package tfl.lower;

import tfl.graph.Graph;
import tfl.optimise.Pipeline;

/** A graph as the optimiser leaves it, which is done once, when somebody first asks. Safe for several threads. */
final class Optimised {
    private final Graph traced;
    private Pipeline.Result result;

    Optimised(Graph traced) {
        this.traced = traced;
    }

    /** What came of it, and the passes; to be asked where the stack is deep, since large graphs go deep. */
    synchronized Pipeline.Result result() {
        if (result == null) {
            result = Pipeline.STANDARD.run(traced);
        }
        return result;
    }
}

package tfl.optimise;

import java.util.ArrayList;
import java.util.List;
import tfl.graph.Graph;
import tfl.graph.GraphCheck;

/** Passes in order. Where assertions are on, the graph is checked after each of them. */
public record Pipeline(List<Pass> passes) {
    /** What every graph goes through before it is lowered. */
    public static final Pipeline STANDARD = new Pipeline(List.of(
            // Before all that looks at equations one by one.
            Inline.PASS,
            // What a loop carries for nobody, or as a number, is known to the rows then.
            DeadCode.PASS,
            // Early, so that the rows see which operands are the same.
            Cse.PASS,
            Simplify.PASS,
            Fold.PASS,
            // Before the layout, which counts who reads a value.
            DeadCode.PASS,
            Layout.PASS,
            Cse.PASS,
            // When both loops are as they will be, and before what is now for nobody goes.
            LoopResiduals.PASS,
            DeadCode.PASS));

    public Pipeline {
        passes = List.copyOf(passes);
    }

    /** A graph and the way to it. */
    public record Result(Graph graph, List<Timing> timings) {}

    /**
     * What a pass took and did.
     *
     * @param before equations of the outermost graph before it
     * @param after the same after it
     */
    public record Timing(Pass pass, long nanoseconds, int before, int after) {}

    /**
     * Runs all passes.
     *
     * @throws tfl.graph.GraphFault if assertions are on and a pass makes a bad graph
     */
    public Result run(Graph graph) {
        assert GraphCheck.check(graph, "who traced it") == graph;
        var timings = new ArrayList<Timing>();
        var current = graph;
        for (var pass : passes) {
            long start = System.nanoTime();
            var next = pass.on(current);
            timings.add(new Timing(pass, System.nanoTime() - start, current.equations().size(),
                    next.equations().size()));
            assert GraphCheck.check(next, pass.name()) == next;
            assert next.inputTypes().equals(graph.inputTypes()) && next.outputTypes().equals(graph.outputTypes())
                    : pass.name() + " changed the types of the graph";
            current = next;
        }
        return new Result(current, List.copyOf(timings));
    }
}

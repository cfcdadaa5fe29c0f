package tfl.lower;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import tfl.backend.BackgroundCompiler;
import tfl.graph.Graph;
import tfl.optimise.Pipeline;
import tfl.tensor.Tensor;
import tfl.transform.EagerOps;

/**
 * A graph that runs at once, one step for each equation, and in few kernels as soon as those are compiled, which
 * another thread does from the second run on. Safe for several threads.
 */
public final class CompiledGraph {
    /** A graph of more equations runs unfused for good: fusing it would take longer than most runs would gain. */
    public static final int MOST_EQUATIONS = 20_000;
    private static final int RUNS_BEFORE = 2;

    private final Graph graph;
    private final EagerOps ops;
    private final AtomicInteger runs = new AtomicInteger();
    private final CompletableFuture<Fused> fused = new CompletableFuture<>();
    private boolean requested;
    private volatile Program plain;
    private volatile Program now;

    /**
     * What the optimiser and the compiler made of the graph.
     *
     * @param nanoseconds what lowering and compiling took
     */
    public record Fused(Pipeline.Result optimised, Program program, long nanoseconds) {}

    public CompiledGraph(Graph graph, EagerOps ops) {
        this.graph = graph;
        this.ops = ops;
    }

    public Graph graph() {
        return graph;
    }

    /** Runs the graph as {@link Program#run} does. */
    public Tensor[] run(Tensor[] inputs, long donated, Tensor... places) {
        var program = now;
        if (program == null) {
            program = unfused();
            if (runs.incrementAndGet() >= RUNS_BEFORE && !exceedsBudget()) {
                request();
            }
        }
        return program.run(inputs, donated, places);
    }

    private Program unfused() {
        var known = plain;
        if (known == null) {
            known = Lower.unfused(graph, ops);
            plain = known;
        }
        return known;
    }

    /** Whether the graph is too large to be fused. */
    public boolean exceedsBudget() {
        return graph.size() > MOST_EQUATIONS;
    }

    /** Whether runs use the fused kernels by now. */
    public boolean isFused() {
        return now != null;
    }

    /** The fused program, when it is there. Completed exceptionally where fusing failed, which is a bug. */
    public CompletableFuture<Fused> request() {
        synchronized (fused) {
            if (!requested) {
                requested = true;
                BackgroundCompiler.submit(this::compile);
            }
        }
        return fused;
    }

    private void compile() {
        try {
            var optimised = Pipeline.STANDARD.run(graph);
            long start = System.nanoTime();
            var program = Lower.of(optimised.graph(), ops);
            now = program;
            plain = null;
            fused.complete(new Fused(optimised, program, System.nanoTime() - start));
        } catch (RuntimeException | Error problem) {
            fused.completeExceptionally(problem);
        }
    }
}

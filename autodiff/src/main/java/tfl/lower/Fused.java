package tfl.lower;

import java.util.concurrent.CompletableFuture;
import tfl.backend.BackgroundCompiler;
import tfl.graph.Graph;
import tfl.optimise.Pipeline;
import tfl.plan.ProgramPlan;
import tfl.transform.EagerOps;

/** What the optimiser and the compiler made of a graph, in this process or in an earlier one. */
public final class Fused {
    private final Graph traced;
    private final Program program;
    private final EagerOps ops;
    private final long nanoseconds;
    private final boolean isFromDisk;
    private Pipeline.Result optimised;

    private Fused(Graph traced, Pipeline.Result optimised, Program program, EagerOps ops, long start) {
        this.traced = traced;
        this.optimised = optimised;
        this.program = program;
        this.ops = ops;
        this.isFromDisk = optimised == null;
        this.nanoseconds = System.nanoTime() - start;
    }

    /** Optimises and lowers a graph. */
    static Fused of(Graph traced, EagerOps ops) {
        long start = System.nanoTime();
        var optimised = Pipeline.STANDARD.run(traced);
        return new Fused(traced, optimised, Lower.of(optimised.graph(), ops), ops, start);
    }

    /**
     * The same by a program that was made of an equal graph.
     *
     * @param start when it was asked for
     */
    static Fused read(Graph traced, Program program, EagerOps ops, long start) {
        return new Fused(traced, null, program, ops, start);
    }

    /** The same by a plan. */
    static Fused read(Graph traced, ProgramPlan plan, EagerOps ops, long start) {
        var made = new CompletableFuture<Fused>();
        var program = Linker.program(plan, ops, Preparation.onThreads(), () -> made.join().lowered());
        made.complete(read(traced, program, ops, start));
        return made.join();
    }

    /** The graph that was lowered, and the passes: run now, where the program came from disk. */
    public synchronized Pipeline.Result optimised() {
        if (optimised == null) {
            optimised = BackgroundCompiler.await(() -> Pipeline.STANDARD.run(traced));
        }
        return optimised;
    }

    /** What lowering the graph now tells of it. */
    Report lowered() {
        var graph = optimised().graph();
        return BackgroundCompiler.await(() -> Lower.of(graph, ops).report());
    }

    public Program program() {
        return program;
    }

    /** What optimising, lowering and compiling took; from disk, how long after the trace the program was there. */
    public long nanoseconds() {
        return nanoseconds;
    }

    /** Whether an earlier process optimised and lowered the graph. */
    public boolean isFromDisk() {
        return isFromDisk;
    }
}

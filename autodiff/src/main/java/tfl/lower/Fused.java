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
    private final Origin origin;
    private Pipeline.Result optimised;

    /** Where a program comes from. */
    public enum Origin {
        /** It was made of this graph. */
        MADE,
        /** An earlier process made it of an equal graph. */
        DISK,
        /** It follows from those of the same function for other sizes. */
        SIZES
    }

    private Fused(Graph traced, Pipeline.Result optimised, Program program, EagerOps ops, Origin origin, long start) {
        this.traced = traced;
        this.optimised = optimised;
        this.program = program;
        this.ops = ops;
        this.origin = origin;
        this.nanoseconds = System.nanoTime() - start;
    }

    /** Optimises and lowers a graph. */
    static Fused of(Graph traced, EagerOps ops) {
        long start = System.nanoTime();
        var optimised = Pipeline.STANDARD.run(traced);
        return new Fused(traced, optimised, Lower.of(optimised.graph(), ops), ops, Origin.MADE, start);
    }

    /**
     * The same by a program that was made of an equal graph.
     *
     * @param start when it was asked for
     */
    static Fused read(Graph traced, Program program, EagerOps ops, long start) {
        return new Fused(traced, null, program, ops, Origin.DISK, start);
    }

    /** The same by a plan. */
    static Fused read(Graph traced, ProgramPlan plan, EagerOps ops, long start) {
        return of(traced, null, plan, ops, Preparation.onThreads(), Origin.DISK, start);
    }

    /** The same by a plan that follows from those for other sizes. Their kernels are there: sizes are arguments. */
    static Fused sized(Graph traced, Pipeline.Result optimised, ProgramPlan plan, EagerOps ops, long start) {
        return of(traced, optimised, plan, ops, Preparation.atOnce(), Origin.SIZES, start);
    }

    private static Fused of(Graph traced, Pipeline.Result optimised, ProgramPlan plan, EagerOps ops,
            Preparation preparation, Origin origin, long start) {
        var made = new CompletableFuture<Fused>();
        var program = Linker.program(plan, ops, preparation, () -> made.join().lowered());
        made.complete(new Fused(traced, optimised, program, ops, origin, start));
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

    /** What optimising, lowering and compiling took; if it was not made, how long after the trace it was there. */
    public long nanoseconds() {
        return nanoseconds;
    }

    public Origin origin() {
        return origin;
    }
}

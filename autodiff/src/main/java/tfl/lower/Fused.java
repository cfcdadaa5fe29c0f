package tfl.lower;

import java.util.concurrent.CompletableFuture;
import tfl.backend.BackgroundCompiler;
import tfl.optimise.Pipeline;
import tfl.plan.ProgramPlan;
import tfl.transform.EagerOps;

/** What the optimiser and the compiler made of a graph, in this process or in an earlier one. */
public final class Fused {
    private final Optimised graph;
    private final Program program;
    private final EagerOps ops;
    private final long nanoseconds;
    private final Origin origin;

    /** Where a program comes from. */
    public enum Origin {
        /** It was made of this graph. */
        MADE,
        /** An earlier process made it of an equal graph. */
        DISK,
        /** It follows from those of the same function for other sizes. */
        SIZES
    }

    private Fused(Optimised graph, Program program, EagerOps ops, Origin origin, long start) {
        this.graph = graph;
        this.program = program;
        this.ops = ops;
        this.origin = origin;
        this.nanoseconds = System.nanoTime() - start;
    }

    /** Lowers a graph. */
    static Fused of(Optimised graph, EagerOps ops) {
        var lowered = graph.result().graph();
        long start = System.nanoTime();
        return new Fused(graph, Lower.of(lowered, ops), ops, Origin.MADE, start);
    }

    /**
     * The same by a program that was made of an equal graph.
     *
     * @param start when it was asked for
     */
    static Fused read(Optimised graph, Program program, EagerOps ops, long start) {
        return new Fused(graph, program, ops, Origin.DISK, start);
    }

    /** The same by a plan. */
    static Fused read(Optimised graph, ProgramPlan plan, EagerOps ops, long start) {
        return of(graph, plan, ops, Preparation.onThreads(), Origin.DISK, start);
    }

    /** The same by a plan that follows from those for other sizes. Their kernels are there: sizes are arguments. */
    static Fused sized(Optimised graph, ProgramPlan plan, EagerOps ops, long start) {
        return of(graph, plan, ops, Preparation.atOnce(), Origin.SIZES, start);
    }

    private static Fused of(Optimised graph, ProgramPlan plan, EagerOps ops, Preparation preparation, Origin origin,
            long start) {
        var made = new CompletableFuture<Fused>();
        var program = Linker.program(plan, ops, preparation, () -> made.join().lowered());
        made.complete(new Fused(graph, program, ops, origin, start));
        return made.join();
    }

    /** The graph that was lowered, and the passes: run now, where the program came from disk. */
    public Pipeline.Result optimised() {
        return BackgroundCompiler.await(graph::result);
    }

    /** What lowering the graph now tells of it. */
    Report lowered() {
        return BackgroundCompiler.await(() -> Lower.of(graph.result().graph(), ops).report());
    }

    public Program program() {
        return program;
    }

    /** What lowering and compiling took; if it was not made, how long after the trace it was there. */
    public long nanoseconds() {
        return nanoseconds;
    }

    public Origin origin() {
        return origin;
    }
}

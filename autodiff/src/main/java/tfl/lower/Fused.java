package tfl.lower;

import tfl.graph.Graph;
import tfl.optimise.Pipeline;
import tfl.plan.ProgramPlan;
import tfl.transform.EagerOps;

/** What the optimiser and the compiler made of a graph, in this process or in an earlier one. */
public final class Fused {
    private final Graph traced;
    private final Program program;
    private final long nanoseconds;
    private final boolean isFromDisk;
    private Pipeline.Result optimised;

    private Fused(Graph traced, EagerOps ops) {
        long start = System.nanoTime();
        this.traced = traced;
        this.optimised = Pipeline.STANDARD.run(traced);
        this.program = Lower.of(optimised.graph(), ops);
        this.isFromDisk = false;
        this.nanoseconds = System.nanoTime() - start;
    }

    private Fused(Graph traced, ProgramPlan plan, EagerOps ops, long start) {
        this.traced = traced;
        this.program = Linker.program(plan, ops, () -> Lower.of(optimised().graph(), ops).report());
        this.isFromDisk = true;
        this.nanoseconds = System.nanoTime() - start;
    }

    /** Optimises and lowers a graph. */
    static Fused of(Graph traced, EagerOps ops) {
        return new Fused(traced, ops);
    }

    /**
     * The same by a plan that was made of an equal graph.
     *
     * @param start when reading it began
     */
    static Fused of(Graph traced, ProgramPlan plan, EagerOps ops, long start) {
        return new Fused(traced, plan, ops, start);
    }

    /** The graph that was lowered, and the passes: run now, where the program came from disk. */
    public synchronized Pipeline.Result optimised() {
        if (optimised == null) {
            optimised = Pipeline.STANDARD.run(traced);
        }
        return optimised;
    }

    public Program program() {
        return program;
    }

    /** What optimising, lowering and compiling took, or reading the program from disk. */
    public long nanoseconds() {
        return nanoseconds;
    }

    /** Whether an earlier process optimised and lowered the graph. */
    public boolean isFromDisk() {
        return isFromDisk;
    }
}

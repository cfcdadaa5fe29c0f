package tfl.lower;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import tfl.backend.BackgroundCompiler;
import tfl.graph.Graph;
import tfl.plan.PlanCache;
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
    /** A graph of more equations goes too deep for a stack that is the program's. */
    private static final int MOST_AT_ONCE = 500;
    /** A graph of fewer equations is lowered as fast as its plan is read. */
    private static final int FEWEST_PLANNED = 16;
    /** Each is a graph more to lower in the background; what they leave open, the next size tells. */
    private static final int MOST_QUESTIONS = 3;

    private final Graph graph;
    private final Optimised optimised;
    private final EagerOps ops;
    private final Optional<Foreseen> foreseen;
    private final PlanCache plans;
    private final SizedPlans sizes;
    private final AtomicInteger runs = new AtomicInteger();
    private final CompletableFuture<Fused> fused = new CompletableFuture<>();
    private boolean requested;
    private volatile Program plain;
    private volatile Program now;

    public CompiledGraph(Graph graph, EagerOps ops) {
        this(graph, ops, Optional.empty(), PlanCache.STANDARD, SizedPlans.none());
    }

    /**
     * A graph whose program was foreseen: if rightly, it is in use soon. If the graphs of other sizes tell it, it is in
     * use at once.
     *
     * @param sizes of the function that the graph is of
     */
    public CompiledGraph(Graph graph, EagerOps ops, Foreseen foreseen, SizedPlans sizes) {
        this(graph, ops, Optional.of(foreseen), foreseen.plans(), sizes);
        sizes.countGraph();
        if (sizes.knowsAny() && !exceedsBudget()) {
            useForetold();
        }
        if (!isFused()) {
            BackgroundCompiler.submit(() -> {
                if ((foreseen.isThere() || sizes.isCurious()) && !exceedsBudget()) {
                    request();
                }
            });
        }
    }

    CompiledGraph(Graph graph, EagerOps ops, Optional<Foreseen> foreseen, PlanCache plans, SizedPlans sizes) {
        this.graph = graph;
        this.optimised = new Optimised(graph);
        this.ops = ops;
        this.foreseen = foreseen;
        this.plans = plans;
        this.sizes = sizes;
    }

    /** Puts the program in use that those of other sizes tell, if they do. */
    private void useForetold() {
        long start = System.nanoTime();
        try {
            var made = graph.size() > MOST_AT_ONCE ? BackgroundCompiler.await(() -> foretold(start)) : foretold(start);
            made.ifPresent(this::use);
        } catch (RuntimeException | StackOverflowError refused) {
            // It is lowered then, and if something is wrong with it, that tells what.
        }
    }

    // Rewriting looks into literals too, such as 1/n, and is done for each graph; lowering is learned.
    private Optional<Fused> foretold(long start) {
        return sizes.plan(optimised.result().graph()).map(plan -> Fused.sized(optimised, plan, ops, start));
    }

    private void use(Fused made) {
        synchronized (fused) {
            requested = true;
            now = made.program();
            plain = null;
            fused.complete(made);
        }
    }

    public Graph graph() {
        return graph;
    }

    /** Runs the graph as {@link Program#run} does. */
    public Tensor[] run(Tensor[] inputs, long donated, Tensor... places) {
        return program().run(inputs, donated, places);
    }

    /** Runs the graph as {@link Program#runOver} does. */
    public Tensor[] runOver(Tensor[] inputs, boolean[] over) {
        return program().runOver(inputs, over);
    }

    private Program program() {
        var program = now;
        if (program == null) {
            program = unfused();
            if (runs.incrementAndGet() >= RUNS_BEFORE && !exceedsBudget()) {
                request();
            }
        }
        return program;
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
        Optional<byte[]> key;
        Fused made;
        try {
            long start = System.nanoTime();
            key = graph.size() < FEWEST_PLANNED ? Optional.empty() : plans.key(graph);
            made = key.flatMap(known -> read(known, start)).orElseGet(() -> Fused.of(optimised, ops));
        } catch (RuntimeException | Error problem) {
            fused.completeExceptionally(problem);
            return;
        }
        use(made);
        // The program is in use whatever comes; a bug from here on is for the thread's handler, for nobody waits.
        key.ifPresent(known -> keep(known, made));
        learn(made);
    }

    /** From the second size on, what other sizes become is settled by asking for some that nobody needs. */
    private void learn(Fused made) {
        if (made.origin() != Fused.Origin.MADE && !sizes.isCurious()) {
            return;
        }
        var question = sizes.learn(optimised.result().graph(), made.program().plan());
        for (int asked = 0; asked < MOST_QUESTIONS && question.isPresent(); asked++) {
            var other = question.get();
            question = sizes.learn(other, Lower.of(other, ops).plan());
        }
    }

    private Optional<Fused> read(byte[] key, long start) {
        return foreseen.flatMap(guess -> guess.take(optimised, key, start))
                .or(() -> plans.read(key).map(plan -> Fused.read(optimised, plan, ops, start)));
    }

    private void keep(byte[] key, Fused made) {
        if (made.origin() == Fused.Origin.MADE) {
            plans.write(key, made.program().plan());
        }
        foreseen.ifPresent(guess -> guess.note(key));
    }
}

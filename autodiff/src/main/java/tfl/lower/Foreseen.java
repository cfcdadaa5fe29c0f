package tfl.lower;

import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import tfl.backend.BackgroundCompiler;
import tfl.plan.PlanCache;
import tfl.plan.ProgramPlan;
import tfl.transform.EagerOps;

/**
 * The program that a graph will most likely have: the one that the same function had in an earlier process. It is read
 * from disk while the graph is being traced, and serves if the graph turns out to be that one.
 */
public final class Foreseen {
    private final String function;
    private final EagerOps ops;
    private final PlanCache plans;
    private final CompletableFuture<Fused> taken = new CompletableFuture<>();
    /** What the program is of; null while there is none, and when it was noted what is needed next time. */
    private byte[] key;
    private Program program;

    private Foreseen(String function, EagerOps ops, PlanCache plans) {
        this.function = function;
        this.ops = ops;
        this.plans = plans;
    }

    /**
     * Begins to read, on the thread that compiles graphs.
     *
     * @param function what tells it and the types of its arguments from others
     */
    public static Foreseen of(String function, EagerOps ops) {
        return of(function, ops, PlanCache.STANDARD);
    }

    /** Reads nothing, since the program will come otherwise, and only notes for a later process which it was. */
    public static Foreseen unread(String function, EagerOps ops) {
        return new Foreseen(function, ops, PlanCache.STANDARD);
    }

    static Foreseen of(String function, EagerOps ops, PlanCache plans) {
        var foreseen = new Foreseen(function, ops, plans);
        BackgroundCompiler.submit(foreseen::read);
        return foreseen;
    }

    private void read() {
        var expected = plans.expected(function);
        expected.flatMap(plans::read).flatMap(this::linked).ifPresent(linked -> {
            synchronized (this) {
                key = expected.get();
                program = linked;
            }
        });
    }

    /** What cannot be linked is no guess; if the graph is that one after all, compiling it says what is wrong. */
    private Optional<Program> linked(ProgramPlan plan) {
        try {
            return Optional.of(Linker.program(plan, ops, Preparation.atOnce(), () -> taken.join().lowered()));
        } catch (RuntimeException refused) {
            return Optional.empty();
        }
    }

    PlanCache plans() {
        return plans;
    }

    synchronized boolean isThere() {
        return program != null;
    }

    /**
     * The program, if it is that of a graph.
     *
     * @param actual what tells the graph from others
     * @param start when it was asked for
     */
    synchronized Optional<Fused> take(Optimised graph, byte[] actual, long start) {
        if (program == null || !Arrays.equals(key, actual)) {
            return Optional.empty();
        }
        var fused = Fused.read(graph, program, ops, start);
        program = null;
        taken.complete(fused);
        return Optional.of(fused);
    }

    /** Notes what a later process will most likely need, and lets go of what was foreseen wrongly. */
    synchronized void note(byte[] actual) {
        program = null;
        if (!Arrays.equals(key, actual)) {
            plans.expect(function, actual);
        }
        key = null;
    }
}

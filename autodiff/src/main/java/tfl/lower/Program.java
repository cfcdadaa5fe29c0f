package tfl.lower;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import tfl.backend.Executable;
import tfl.backend.KernelCancelled;
import tfl.backend.KernelPause;
import tfl.backend.Places;
import tfl.backend.Uncancelled;
import tfl.graph.Literal;
import tfl.language.source.Location;
import tfl.plan.ProgramPlan;
import tfl.tensor.Arena;
import tfl.tensor.Tensor;
import tfl.transform.OperationTimes;

/**
 * A graph made ready to run: steps over numbered registers. The first registers hold the inputs, then come constants.
 * Safe for several threads.
 */
public final class Program {
    private static final int STEPS_BETWEEN_PAUSES = 16;

    private final ProgramPlan plan;
    private final Tensor[] constants;
    private final Step[] steps;
    private final Supplier<Report> writer;
    private volatile Report report;
    private volatile MemoryPlan memory;

    /**
     * A program.
     *
     * @param steps those of the plan
     */
    Program(ProgramPlan plan, List<Step> steps, Supplier<Report> report) {
        this.plan = plan;
        this.constants = plan.constants().stream().map(Program::tensor).toArray(Tensor[]::new);
        this.steps = steps.toArray(Step[]::new);
        this.writer = report;
    }

    /** One number that fills a type; it lives as long as the program. */
    private static Tensor tensor(Literal literal) {
        var dtype = literal.type().dtype();
        var one = dtype.isDifferentiable() ? Tensor.scalar(dtype, literal.value())
                : Tensor.scalar(dtype, literal.bits());
        var shape = literal.type().shape();
        var spread = one.asStrided(literal.type(), new long[shape.rank()], 0);
        one.discard();
        spread.pin();
        return spread;
    }

    /** What it does, as data. */
    public ProgramPlan plan() {
        return plan;
    }

    /**
     * Runs the graph. The inputs stay the caller's, donated ones too: who donates still discards.
     *
     * @param values tensors of exactly the types of the graph's inputs
     * @param donated bit i set: nobody reads input i afterwards, its storage may serve a result
     * @return the results, temporaries without a holder; one may view the storage of an input
     */
    public Tensor[] run(Tensor[] values, long donated) {
        return run(values, donated, Places.ANYWHERE);
    }

    /**
     * Runs the graph and writes results where the caller wants them, as far as the kernels that make them can.
     *
     * @param places as in {@link Executable#run(Tensor[], int, Tensor[])}
     */
    public Tensor[] run(Tensor[] values, long donated, Tensor[] places) {
        return run(values, donated, places.length == 0 ? Places.ANYWHERE : byRegister(places), Step.NOTHING);
    }

    /**
     * Runs the graph, and at its end writes results over inputs that the caller gives up for them. Until nothing can
     * fail any more no input is touched; from there on nothing stops the run.
     *
     * @param over for each input whether the caller alone holds it, and lets go of it when he has the results
     */
    public Tensor[] runOver(Tensor[] values, boolean[] over) {
        return run(values, 0, Places.ANYWHERE, plan.updates() == steps.length ? Step.NOTHING : over);
    }

    private Tensor[] run(Tensor[] values, long donated, Tensor[] wanted, boolean[] over) {
        var file = new Tensor[plan.registers()];
        System.arraycopy(values, 0, file, 0, plan.inputs());
        System.arraycopy(constants, 0, file, plan.inputs(), constants.length);
        var memory = memory();
        var arena = Arena.local();
        boolean enclosed = arena.serves();
        boolean opened = arena.open(memory.arenaBytes());
        int next = 0;
        try {
            int last = over.length == 0 ? steps.length : plan.updates();
            for (; next < last; next++) {
                arena.serve(memory.within()[next] || enclosed);
                step(next, file, donated, wanted);
            }
            arena.serve(enclosed);
            if (last < steps.length) {
                var updates = new Overwriting(steps, last, file, over);
                for (; next < updates.first(); next++) {
                    step(next, file, donated, wanted);
                }
                update(updates, file);
            }
            var results = results(file);
            for (int k = 0; k < results.length && !enclosed; k++) {
                results[k] = arena.outside(results[k]);
            }
            return results;
        } catch (KernelCancelled stopped) {
            // Who stops it knows the call; the place within may have to be worked out, and takes its time.
            abandon(file);
            throw stopped;
        } catch (RuntimeException problem) {
            abandon(file);
            throw FailedStep.of(problem, place(next));
        } catch (Error problem) {
            abandon(file);
            throw problem;
        } finally {
            arena.serve(enclosed);
            if (opened) {
                arena.close();
            }
        }
    }

    private MemoryPlan memory() {
        var known = memory;
        if (known == null) {
            known = MemoryPlan.of(plan);
            memory = known;
        }
        return known;
    }

    private void step(int step, Tensor[] file, long donated, Tensor[] places) {
        // Small kernels end without asking, and a loop may run them for ever.
        KernelCancelled.check();
        if (step % STEPS_BETWEEN_PAUSES == 0) {
            KernelPause.take();
        }
        if (OperationTimes.areWanted()) {
            timed(step, file, () -> steps[step].run(file, donated, places));
        } else {
            steps[step].run(file, donated, places);
        }
    }

    private void update(Overwriting updates, Tensor[] file) {
        try (updates) {
            updates.prepare(file);
            KernelCancelled.check();
            Uncancelled.run(() -> {
                for (int k = updates.first(); k < steps.length; k++) {
                    int step = k;
                    timed(k, file, () -> updates.run(step, file));
                }
            });
        }
    }

    private void timed(int step, Tensor[] file, Runnable work) {
        var entry = OperationTimes.areWanted() ? entry(step).filter(Report.Entry::isCompiled)
                : Optional.<Report.Entry>empty();
        if (entry.isEmpty()) {
            work.run();
            return;
        }
        OperationTimes.time(entry.get().title(), () -> {
            work.run();
            return file;
        });
    }

    /** What the report says of a step; nothing if the graph, lowered by itself, became something else. */
    private Optional<Report.Entry> entry(int step) {
        var told = report().steps();
        return told.size() == steps.length && step < steps.length ? Optional.of(told.get(step)) : Optional.empty();
    }

    private Tensor[] byRegister(Tensor[] places) {
        var wanted = new Tensor[plan.registers()];
        for (int k = 0; k < places.length; k++) {
            if (plan.owned()[k]) {
                wanted[plan.results()[k]] = places[k];
            }
        }
        return wanted;
    }

    private Location place(int step) {
        var origins = entry(step).map(Report.Entry::origins).orElse(List.of());
        return origins.isEmpty() ? Location.NONE : origins.getLast().at();
    }

    private Tensor[] results(Tensor[] file) {
        var given = new Tensor[plan.results().length];
        for (int k = 0; k < given.length; k++) {
            var tensor = file[plan.results()[k]];
            given[k] = plan.owned()[k] ? tensor : tensor.asStrided(tensor.type(), tensor.strides(), tensor.offset());
        }
        return given;
    }

    private void abandon(Tensor[] file) {
        for (int k = plan.inputs() + constants.length; k < file.length; k++) {
            if (file[k] != null) {
                file[k].discard();
            }
        }
    }

    /** The program as one step of another, for primitives that run programs. */
    public Executable asStep() {
        return (values, donated) -> run(values, Integer.toUnsignedLong(donated));
    }

    /** What it consists of, written when somebody first asks: few programs are explained. */
    public Report report() {
        var known = report;
        if (known == null) {
            synchronized (this) {
                known = report;
                if (known == null) {
                    known = writer.get();
                    report = known;
                }
            }
        }
        return known;
    }

    /** The most memory that results and intermediate values take at one time, inputs aside. */
    public long plannedPeakBytes() {
        return memory().peakBytes();
    }
}

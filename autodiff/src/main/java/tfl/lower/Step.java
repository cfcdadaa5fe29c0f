package tfl.lower;

import java.util.List;
import tfl.backend.Executable;
import tfl.backend.Grouped;
import tfl.plan.PlannedStep;
import tfl.tensor.Tensor;

/** One piece of work of a program. */
sealed interface Step {
    boolean[] NOTHING = {};

    /** On which registers. */
    PlannedStep plan();

    /** @param places by register, where results are wanted; empty if anywhere */
    void run(Tensor[] registers, long donations, Tensor[] places);

    /**
     * Runs it.
     *
     * @param calls one for each part of the plan
     */
    void run(Tensor[] registers, Grouped.Call... calls);

    /** What does the work of each part. */
    List<Executable> kernels();

    /** A kernel, a primitive, a view, or a whole program. */
    record Alone(Executable work, PlannedStep plan) implements Step {
        @Override
        public void run(Tensor[] registers, long donations, Tensor[] places) {
            run(registers, call(plan, registers, donations, places));
        }

        @Override
        public void run(Tensor[] registers, Grouped.Call... calls) {
            keep(plan, registers, calls[0].run(work));
            drop(plan, registers);
        }

        @Override
        public List<Executable> kernels() {
            return List.of(work);
        }
    }

    /** Kernels that would gain nothing by running at one time. */
    record InTurn(List<Alone> parts, PlannedStep plan) implements Step {
        @Override
        public void run(Tensor[] registers, long donations, Tensor[] places) {
            for (var part : parts) {
                part.run(registers, donations, places);
            }
            drop(plan, registers);
        }

        @Override
        public void run(Tensor[] registers, Grouped.Call... calls) {
            for (int k = 0; k < calls.length; k++) {
                parts.get(k).run(registers, calls[k]);
            }
            drop(plan, registers);
        }

        @Override
        public List<Executable> kernels() {
            return parts.stream().map(Alone::work).toList();
        }
    }

    /** Kernels that run at one time. */
    record Together(Grouped work, PlannedStep plan) implements Step {
        @Override
        public void run(Tensor[] registers, long donations, Tensor[] places) {
            var parts = plan.parts();
            var calls = new Grouped.Call[parts.size()];
            for (int k = 0; k < calls.length; k++) {
                calls[k] = call(parts.get(k), registers, donations, places);
            }
            run(registers, calls);
        }

        @Override
        public void run(Tensor[] registers, Grouped.Call... calls) {
            var results = work.run(calls);
            var parts = plan.parts();
            for (int k = 0; k < results.length; k++) {
                keep(parts.get(k), registers, results[k]);
            }
            drop(plan, registers);
        }

        @Override
        public List<Executable> kernels() {
            return work.kernels();
        }
    }

    private static Grouped.Call call(PlannedStep plan, Tensor[] registers, long donations, Tensor[] places) {
        return new Grouped.Call(inputs(plan, registers), free(plan, registers, donations, NOTHING), own(plan, places));
    }

    /** What a part of a plan reads. */
    static Tensor[] inputs(PlannedStep plan, Tensor[] registers) {
        var inputs = new Tensor[plan.in().length];
        for (int k = 0; k < inputs.length; k++) {
            inputs[k] = registers[plan.in()[k]];
        }
        return inputs;
    }

    private static Tensor[] own(PlannedStep plan, Tensor[] places) {
        if (places.length == 0) {
            return places;
        }
        var own = new Tensor[plan.out().length];
        for (int k = 0; k < own.length; k++) {
            own[k] = places[plan.out()[k]];
        }
        return own;
    }

    private static void keep(PlannedStep plan, Tensor[] registers, Tensor[] results) {
        for (int k = 0; k < results.length; k++) {
            registers[plan.out()[k]] = results[k];
        }
    }

    private static void drop(PlannedStep plan, Tensor[] registers) {
        for (int register : plan.dead()) {
            registers[register].discard();
            registers[register] = null;
        }
    }

    /**
     * Of the inputs that a part of a plan reads for the last time, those whose bytes nobody else sees.
     *
     * @param donations as in {@link Program#run(Tensor[], long)}
     * @param over as in {@link Program#runOver}; none there
     * @return bit i set: input i may be written over
     */
    static int free(PlannedStep plan, Tensor[] registers, long donations, boolean[] over) {
        int free = 0;
        for (int rest = plan.donated(); rest != 0; rest &= rest - 1) {
            int k = Integer.numberOfTrailingZeros(rest);
            int given = plan.given()[k];
            var input = registers[plan.in()[k]];
            boolean alone = given < 0 ? input.isTemporary()
                    : given < over.length ? over[given] && input.storage().isViewedOnce()
                            // By a long callers donate the first inputs only.
                            : given < Long.SIZE && (donations >> given & 1) == 1
                                    && (input.isTemporary() || input.isExclusive());
            free |= alone ? 1 << k : 0;
        }
        return free;
    }
}

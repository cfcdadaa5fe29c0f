package tfl.lower;

import tfl.backend.Executable;
import tfl.plan.PlannedStep;
import tfl.tensor.Tensor;

/**
 * One piece of work of a program: a kernel, a primitive, a view, or a whole program.
 *
 * @param work what is run
 * @param plan on which registers
 */
record Step(Executable work, PlannedStep plan) {
    static final boolean[] NOTHING = {};

    /** @param places by register, where results are wanted; empty if anywhere */
    void run(Tensor[] registers, long donations, Tensor[] places) {
        int free = plan.donated() == 0 ? 0 : free(registers, donations, NOTHING);
        run(registers, free, places.length == 0 ? places : own(places));
    }

    /**
     * Runs it.
     *
     * @param free bit i set: input i may be written over
     * @param places for each result, or none
     */
    void run(Tensor[] registers, int free, Tensor[] places) {
        var in = plan.in();
        var out = plan.out();
        var inputs = new Tensor[in.length];
        for (int k = 0; k < inputs.length; k++) {
            inputs[k] = registers[in[k]];
        }
        var results = places.length == 0 ? work.run(inputs, free) : work.run(inputs, free, places);
        for (int k = 0; k < results.length; k++) {
            registers[out[k]] = results[k];
        }
        for (int register : plan.dead()) {
            registers[register].discard();
            registers[register] = null;
        }
    }

    private Tensor[] own(Tensor[] places) {
        var own = new Tensor[plan.out().length];
        for (int k = 0; k < own.length; k++) {
            own[k] = places[plan.out()[k]];
        }
        return own;
    }

    /**
     * Of the inputs read for the last time, those whose bytes nobody else sees.
     *
     * @param donations as in {@link Program#run(Tensor[], long)}
     * @param over as in {@link Program#runOver}; none there
     */
    int free(Tensor[] registers, long donations, boolean[] over) {
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

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
    /** @param places by register, where results are wanted; empty if anywhere */
    void run(Tensor[] registers, long donations, Tensor[] places) {
        var in = plan.in();
        var out = plan.out();
        var inputs = new Tensor[in.length];
        for (int k = 0; k < inputs.length; k++) {
            inputs[k] = registers[in[k]];
        }
        int free = plan.donated() == 0 ? 0 : free(inputs, donations);
        var results = places.length == 0 ? work.run(inputs, free) : work.run(inputs, free, places(places));
        for (int k = 0; k < results.length; k++) {
            registers[out[k]] = results[k];
        }
        for (int register : plan.dead()) {
            registers[register].discard();
            registers[register] = null;
        }
    }

    private Tensor[] places(Tensor[] places) {
        var own = new Tensor[plan.out().length];
        for (int k = 0; k < own.length; k++) {
            own[k] = places[plan.out()[k]];
        }
        return own;
    }

    /** Of the inputs read for the last time, those whose bytes nobody else sees. */
    private int free(Tensor[] inputs, long donations) {
        int free = 0;
        for (int rest = plan.donated(); rest != 0; rest &= rest - 1) {
            int k = Integer.numberOfTrailingZeros(rest);
            int given = plan.given()[k];
            boolean alone = given < 0 ? inputs[k].isTemporary()
                    : (donations >> given & 1) == 1 && (inputs[k].isTemporary() || inputs[k].isExclusive());
            free |= alone ? 1 << k : 0;
        }
        return free;
    }
}

package tfl.lower;

import tfl.backend.Executable;
import tfl.tensor.Tensor;

/**
 * One piece of work of a program: a kernel, a primitive, a view, or a whole program.
 *
 * @param work what is run
 * @param in registers of its inputs
 * @param out registers of its results
 * @param dead registers that nobody reads afterwards and that the program may free
 * @param donated bit i set: input i is read for the last time, its storage may serve a result
 * @param given for each input, which of the program's own inputs it is, or -1
 */
record Step(Executable work, int[] in, int[] out, int[] dead, int donated, int[] given) {
    /** @param places by register, where results are wanted; empty if anywhere */
    void run(Tensor[] registers, long donations, Tensor[] places) {
        var inputs = new Tensor[in.length];
        for (int k = 0; k < inputs.length; k++) {
            inputs[k] = registers[in[k]];
        }
        int free = donated == 0 ? 0 : free(inputs, donations);
        var results = places.length == 0 ? work.run(inputs, free) : work.run(inputs, free, places(places));
        for (int k = 0; k < results.length; k++) {
            registers[out[k]] = results[k];
        }
        for (int register : dead) {
            registers[register].discard();
            registers[register] = null;
        }
    }

    private Tensor[] places(Tensor[] places) {
        var own = new Tensor[out.length];
        for (int k = 0; k < own.length; k++) {
            own[k] = places[out[k]];
        }
        return own;
    }

    /** Of the inputs read for the last time, those whose bytes nobody else sees. */
    private int free(Tensor[] inputs, long donations) {
        int free = 0;
        for (int rest = donated; rest != 0; rest &= rest - 1) {
            int k = Integer.numberOfTrailingZeros(rest);
            boolean alone = given[k] < 0 ? inputs[k].isTemporary()
                    : (donations >> given[k] & 1) == 1 && (inputs[k].isTemporary() || inputs[k].isExclusive());
            free |= alone ? 1 << k : 0;
        }
        return free;
    }
}

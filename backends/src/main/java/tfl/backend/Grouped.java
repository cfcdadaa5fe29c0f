package tfl.backend;

import java.util.List;
import tfl.tensor.Tensor;

/** Kernels over spaces of their own, none of which needs what another makes, run at one time by all threads. */
public interface Grouped {
    /** What one of them is given, as {@link Executable#run(Tensor[], int, Tensor[])} would be. */
    record Call(Tensor[] inputs, int donated, Tensor[] places) {
        /** Runs one alone. */
        public Tensor[] run(Executable kernel) {
            return places.length == 0 ? kernel.run(inputs, donated) : kernel.run(inputs, donated, places);
        }
    }

    /** Each of them alone: to get it ready, or to ask for its code. */
    List<Executable> kernels();

    /**
     * Runs all of them.
     *
     * @param calls one for each kernel; what one may write over, no other reads
     * @return the results of each
     */
    Tensor[][] run(Call[] calls);
}

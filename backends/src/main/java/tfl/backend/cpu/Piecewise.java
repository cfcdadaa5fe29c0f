package tfl.backend.cpu;

import tfl.backend.Executable;
import tfl.tensor.Tensor;

/** A kernel whose rows can be computed some at a time, while some inputs are there only for these rows. */
sealed interface Piecewise extends Executable permits LoopExecutable, RowsExecutable, ReduceExecutable {
    /**
     * The kernel's code for these inputs, or null where there is none that takes rows as they come.
     *
     * @param inputs null for those that come and go, which are dense
     */
    Pieces pieces(Tensor[] inputs);
}

package tfl.backend.cpu;

import tfl.backend.Executable;
import tfl.tensor.Tensor;

/** A kernel whose rows can be computed some at a time, while one input is there only for these rows. */
sealed interface Piecewise extends Executable permits LoopExecutable, RowsExecutable, ReduceExecutable {
    /**
     * The kernel's code for these inputs, or null where there is none that takes rows as they come.
     *
     * @param passing the input that comes and goes, dense; null among the inputs
     */
    Pieces pieces(Tensor[] inputs, int passing);
}

package tfl.backend.small;

import tfl.tensor.Tensor;

/** One prepared loop: reads registers or inputs and fills a register. */
interface Step {
    void run(Registers registers, Tensor[] inputs);
}

package tfl.primitive;

import tfl.kernel.Kernel;
import tfl.tensor.Tensor;
import tfl.tensor.TensorType;

/** How a primitive reaches the machine. */
public sealed interface Lowering {
    /** By a kernel, whose outputs are those of {@link Primitive#shape}. */
    record Launch(Kernel kernel) implements Lowering {}

    /** By no work at all: another view of the first input's storage. */
    record View(Rule rule) implements Lowering {}

    /**
     * Makes the view of that type, or returns null where these strides do not allow one; the input is then
     * copied.
     */
    interface Rule {
        Tensor view(Tensor input, TensorType type);
    }

    /** By running regions, as often and in the order that the values ask for. */
    record Control(Conductor conductor) implements Lowering {}

    /** Runs a control-flow primitive. The inputs stay the caller's; the results are temporaries. */
    @FunctionalInterface
    interface Conductor {
        Tensor[] run(Runner runner, Tensor[] inputs);
    }

    /** What runs regions and single primitives: at once, or as compiled programs. */
    interface Runner {
        /**
         * Runs a region. The inputs stay the caller's, donated ones too.
         *
         * @param donated bit i set: nobody reads input i afterwards, its storage may serve a result
         * @param places none, or for each result null or where it is wanted: a row-major tensor of its type that shares
         *     no element with an input, the caller's; the result may be a view of it
         * @return temporaries, none of them an input itself
         */
        Tensor[] run(Region region, Tensor[] inputs, long donated, Tensor... places);

        /** Runs one primitive. */
        Tensor[] apply(Primitive primitive, Tensor... inputs);

        /** A dense row-major copy. */
        Tensor dense(Tensor value);
    }
}

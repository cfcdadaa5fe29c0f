package tfl.plan;

import java.util.List;
import tfl.kernel.Kernel;
import tfl.primitive.Primitive;
import tfl.tensor.TensorType;

/** What a step does. */
public sealed interface Work {
    /**
     * A kernel.
     *
     * @param strides of each input as it will most likely lie
     */
    record Launch(Kernel kernel, List<TensorType> inputs, List<TensorType> outputs, List<List<Long>> strides)
            implements Work {}

    /**
     * Kernels over spaces of their own that run at one time, each a step for itself: what one may write over, no other
     * reads. They free nothing; the step that they are together does.
     */
    record Grouped(List<PlannedStep> parts) implements Work {}

    /** One primitive, as eager mode runs it. */
    record Single(Primitive op, List<TensorType> inputs) implements Work {}

    /** A primitive that runs regions, with the program of each of {@link Primitive#regions}. */
    record Control(Primitive op, List<TensorType> inputs, List<ProgramPlan> regions) implements Work {}

    /** A primitive's look at data that a kernel will trust. */
    record Check(Primitive op) implements Work {}

    /** A look at a value through views, the innermost first. */
    record View(TensorType of, List<Primitive> moves) implements Work {}
}

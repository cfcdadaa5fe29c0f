package tfl.primitive;

import java.util.List;
import tfl.kernel.Kernel;
import tfl.kernel.Kernel.Fold;
import tfl.tensor.DType;
import tfl.tensor.Shape;
import tfl.tensor.TensorType;

/** What the reductions share. */
final class Reductions {
    private Reductions() {}

    static TensorType shape(String name, TensorType input, List<Integer> axes) {
        int rank = input.shape().rank();
        int before = -1;
        for (int axis : axes) {
            if (axis <= before) {
                throw new ShapeProblem("TFL-E0304", name + ": the axes " + axes + " repeat one another", null);
            }
            before = Check.axis(name, axis, rank);
        }
        return new TensorType(input.dtype(), Check.without(input.shape(), axes));
    }

    /** The dtype in which sums of that dtype are added up. */
    static DType accumulator(DType dtype) {
        return dtype == DType.F16 || dtype == DType.BF16 ? DType.F32 : dtype;
    }

    static Lowering kernel(TensorType input, Fold fold, List<Integer> axes) {
        var wide = accumulator(input.dtype());
        var body = Scalars.cast(wide, Scalars.input(0, input.dtype()));
        return new Lowering.Launch(new Kernel.Reduce(List.of(input.dtype()), body, fold, axes, wide, input.dtype()));
    }

    /** The shape with the reduced axes kept at size 1. */
    static Shape kept(Shape shape, List<Integer> axes) {
        var dims = shape.dims();
        axes.forEach(axis -> dims[axis] = 1);
        return Shape.of(dims);
    }

    /** Repeats a reduced value along the axes it lost. */
    static <V> V spread(Ops<V> ops, V value, List<Integer> axes, Shape to) {
        return ops.call(new BroadcastTo(to), ops.call(new Reshape(kept(to, axes)), value));
    }

    /** A reduction of nothing has no largest element. */
    static void notEmpty(String name, TensorType input, List<Integer> axes) {
        for (int axis : axes) {
            if (input.shape().dim(axis) == 0) {
                throw new ShapeProblem("TFL-E0311", name + " of nothing: axis " + axis + " of {0} has size 0", null,
                        "the operand");
            }
        }
    }
}

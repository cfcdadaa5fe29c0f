package tfl.primitive;

import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.function.LongUnaryOperator;
import java.util.function.UnaryOperator;
import tfl.backend.reference.ReferenceBackend;
import tfl.tensor.Shape;
import tfl.tensor.Tensor;
import tfl.tensor.TensorType;

/** Plain-Java building blocks for {@link Primitive#eval}: clear, exact and slow. */
final class Meaning {
    private Meaning() {}

    /** What the reference backend makes of the primitive's kernel. */
    static List<Tensor> of(Primitive primitive, List<Tensor> inputs) {
        var types = inputs.stream().map(Tensor::type).toList();
        if (!(primitive.lower(types) instanceof Lowering.Launch(var kernel))) {
            throw new IllegalStateException(primitive.name() + " has no kernel and must say its meaning itself");
        }
        primitive.check(inputs.toArray(Tensor[]::new));
        var executable = new ReferenceBackend().compile(kernel, types, primitive.shape(types));
        return List.of(executable.run(inputs.toArray(Tensor[]::new), 0));
    }

    /** What a control-flow primitive does when each primitive of its regions is taken at its meaning. */
    static List<Tensor> control(Primitive primitive, List<Tensor> inputs) {
        var types = inputs.stream().map(Tensor::type).toList();
        if (!(primitive.lower(types) instanceof Lowering.Control(var conductor))) {
            throw new IllegalStateException(primitive.name() + " is no control flow");
        }
        return List.of(conductor.run(new MeaningOps(), inputs.toArray(Tensor[]::new)));
    }

    /** Another view of the storage. */
    static Tensor view(Tensor x, TensorType type, long[] strides, long offset) {
        return new Tensor(type, strides, offset, x.storage());
    }

    /** The row-major position of an index. */
    static long ravel(long[] at, Shape shape) {
        long position = 0;
        for (int axis = 0; axis < at.length; axis++) {
            position = position * shape.dim(axis) + at[axis];
        }
        return position;
    }

    /** The index at a row-major position. */
    static long[] unravel(long position, Shape shape) {
        var at = new long[shape.rank()];
        for (int axis = at.length - 1; axis >= 0; axis--) {
            at[axis] = position % shape.dim(axis);
            position /= shape.dim(axis);
        }
        return at;
    }

    /**
     * A fresh tensor whose element at an index is the source's element at the index that {@code from} says.
     */
    static Tensor move(Tensor source, TensorType type, UnaryOperator<long[]> from) {
        var out = Tensor.allocate(type);
        for (long position = 0; position < type.shape().size(); position++) {
            var at = unravel(position, type.shape());
            copy(source, from.apply(at), out, at);
        }
        return out;
    }

    /** Writes a part into a fresh tensor, element i at {@code start + i * step}. */
    static void insert(Tensor out, Tensor part, List<Long> start, List<Long> step) {
        for (long position = 0; position < part.size(); position++) {
            var at = unravel(position, part.shape());
            var to = new long[at.length];
            for (int axis = 0; axis < at.length; axis++) {
                to[axis] = start.get(axis) + at[axis] * step.get(axis);
            }
            copy(part, at, out, to);
        }
    }

    static void copy(Tensor source, long[] from, Tensor target, long[] to) {
        long bytes = source.dtype().bytes();
        MemorySegment.copy(source.segment(element(source, from)), 0, target.segment(element(target, to)), 0, bytes);
    }

    private static long element(Tensor x, long[] at) {
        long element = x.offset();
        for (int axis = 0; axis < at.length; axis++) {
            element += at[axis] * x.stride(axis);
        }
        return element;
    }

    /** A fresh integer tensor, each element a function of its row-major position. */
    static Tensor integers(TensorType type, LongUnaryOperator element) {
        var elements = new long[Math.toIntExact(type.shape().size())];
        java.util.Arrays.setAll(elements, element::applyAsLong);
        return Tensor.of(type.dtype(), elements, type.shape().dims());
    }
}

package tfl.backend.reference;

import tfl.kernel.BinaryOp;
import tfl.kernel.Kernel;
import tfl.tensor.Shape;
import tfl.tensor.Tensor;

/** The kernels that read or write at places which are data: gather, scatter and assemble. */
final class Indexed {
    private Indexed() {}

    static void gather(Kernel.Gather kernel, Tensor[] inputs, Tensor output) {
        long block = block(inputs[0].shape(), kernel.indexed());
        for (long position = 0; position < output.size(); position++) {
            long from = place(inputs, 0, 1, kernel.indexed(), position / block) * block + position % block;
            copy(inputs[0], from, output, position);
        }
    }

    /** Elements of one place, that is of the axes that no index addresses. */
    private static long block(Shape shape, int indexed) {
        long block = 1;
        for (int axis = indexed; axis < shape.rank(); axis++) {
            block *= shape.dim(axis);
        }
        return Math.max(1, block);
    }

    /** The place in tensor {@code target} that the index tensors from {@code first} on name, row-major. */
    private static long place(Tensor[] inputs, int target, int first, int indexed, long position) {
        long place = 0;
        for (int axis = 0; axis < indexed; axis++) {
            long index = inputs[first + axis].readLong(position);
            long size = inputs[target].dim(axis);
            if (index < 0 || index >= size) {
                throw new IndexOutOfBoundsException("index " + index + " of axis " + axis + ", of size " + size);
            }
            place = place * size + index;
        }
        return place;
    }

    private static void copy(Tensor from, long source, Tensor to, long target) {
        Scalars.write(to.dtype(), to.address(target), Scalars.read(from.dtype(), from.address(source)));
    }

    static void scatter(Kernel.Scatter kernel, Tensor[] inputs, Tensor output) {
        Loops.copy(inputs[0], output);
        long block = block(output.shape(), kernel.indexed());
        for (long position = 0; position < inputs[1].size(); position++) {
            long to = place(inputs, 0, 2, kernel.indexed(), position / block) * block + position % block;
            var next = Scalars.read(kernel.dtype(), inputs[1].address(position));
            var there = Scalars.read(kernel.dtype(), output.address(to));
            var value = switch (kernel.combine()) {
                case SET -> next;
                case ADD -> Scalars.binary(BinaryOp.ADD, kernel.dtype(), there, next);
                case MUL -> Scalars.binary(BinaryOp.MUL, kernel.dtype(), there, next);
                case MAX -> Scalars.binary(BinaryOp.MAX, kernel.dtype(), there, next);
                case MIN -> Scalars.binary(BinaryOp.MIN, kernel.dtype(), there, next);
            };
            Scalars.write(kernel.dtype(), output.address(to), value);
        }
    }

    static void assemble(Kernel.Assemble kernel, Tensor[] inputs, Tensor output) {
        int first = kernel.fill() == null ? 1 : 0;
        if (first == 1) {
            Loops.copy(inputs[0], output);
        } else {
            var fill = Scalars.constant(kernel.fill());
            for (long position = 0; position < output.size(); position++) {
                Scalars.write(output.dtype(), output.address(position), fill);
            }
        }
        for (int i = first; i < inputs.length; i++) {
            place(inputs[i], kernel.windows().get(i - first), output);
        }
    }

    private static void place(Tensor input, Kernel.Window window, Tensor output) {
        var shape = input.shape();
        var steps = shape.strides();
        var targets = output.shape().strides();
        for (long position = 0; position < input.size(); position++) {
            long target = 0;
            for (int axis = 0; axis < shape.rank(); axis++) {
                long index = position / steps[axis] % shape.dim(axis);
                target += (window.start().get(axis) + index * window.step().get(axis)) * targets[axis];
            }
            copy(input, position, output, target);
        }
    }
}

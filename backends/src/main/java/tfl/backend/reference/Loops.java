package tfl.backend.reference;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import tfl.kernel.Kernel;
import tfl.kernel.ScalarExpr;
import tfl.tensor.Shape;
import tfl.tensor.Tensor;

/** The kernels that walk their inputs element by element. */
final class Loops {
    private Loops() {}

    static void loop(Kernel.Loop kernel, Tensor[] inputs, Tensor[] outputs) {
        var evaluator = new Evaluator(inputs, outputs[0].shape(), new Object[0]);
        write(kernel.bodies(), evaluator, outputs, 0, outputs[0].size());
    }

    static void iterate(Kernel.Iterate kernel, Tensor[] inputs, Tensor[] outputs) {
        var now = inputs.clone();
        var targets = outputs.clone();
        for (int k = 0; k < kernel.states(); k++) {
            copy(inputs[k], outputs[k]);
            now[k] = outputs[k];
        }
        for (long round = 0; round < kernel.rounds(); round++) {
            long row = kernel.reverse() ? kernel.rounds() - 1 - round : round;
            for (int k = kernel.states(); k < kernel.states() + kernel.sequences(); k++) {
                now[k] = inputs[k].slice(0, row, 1, 1).squeeze(0);
            }
            for (int k = kernel.states(); k < outputs.length; k++) {
                targets[k] = outputs[k].slice(0, row, 1, 1).squeeze(0);
            }
            var evaluator = new Evaluator(now, outputs[0].shape(), new Object[0]);
            write(kernel.bodies(), evaluator, targets, 0, outputs[0].size());
        }
    }

    private static void write(List<ScalarExpr> bodies, Evaluator evaluator, Tensor[] outputs, long from, long to) {
        var values = new Object[outputs.length];
        for (long position = from; position < to; position++) {
            // All are read before one is written: an output may use an input's storage.
            for (int i = 0; i < outputs.length; i++) {
                values[i] = evaluator.at(bodies.get(i), position);
            }
            for (int i = 0; i < outputs.length; i++) {
                Scalars.write(outputs[i].dtype(), outputs[i].address(position), values[i]);
            }
        }
    }

    static void copy(Tensor input, Tensor output) {
        for (long position = 0; position < output.size(); position++) {
            var value = Scalars.read(input.dtype(), input.address(position));
            Scalars.write(output.dtype(), output.address(position), value);
        }
    }

    static void reduce(Kernel.Reduce kernel, Tensor[] inputs, Tensor output) {
        var shape = inputs[0].shape();
        var evaluator = new Evaluator(inputs, shape, new Object[0]);
        var kept = IntStream.range(0, shape.rank()).filter(axis -> !kernel.axes().contains(axis)).toArray();
        var folded = kernel.axes().stream().mapToInt(axis -> axis).toArray();
        long count = size(shape, folded);
        for (long position = 0; position < output.size(); position++) {
            var accumulator = new Accumulator(kernel.fold(), kernel.body().dtype());
            long start = spread(shape, kept, position);
            for (long i = 0; i < count; i++) {
                accumulator.add(evaluator.at(kernel.body(), start + spread(shape, folded, i)));
            }
            var result = Scalars.cast(kernel.output(), accumulator.result());
            Scalars.write(kernel.output(), output.address(position), result);
        }
    }

    private static long size(Shape shape, int[] axes) {
        long size = 1;
        for (int axis : axes) {
            size *= shape.dim(axis);
        }
        return size;
    }

    /** The position in the whole shape of a position among some axes, all others at 0. */
    private static long spread(Shape shape, int[] axes, long position) {
        var strides = shape.strides();
        long result = 0;
        long rest = position;
        for (int i = axes.length - 1; i >= 0; i--) {
            result += rest % shape.dim(axes[i]) * strides[axes[i]];
            rest /= shape.dim(axes[i]);
        }
        return result;
    }

    static void rows(Kernel.Rows kernel, Tensor[] inputs, Tensor[] outputs) {
        var shape = inputs.length > 0 ? inputs[0].shape() : outputs[0].shape();
        long length = shape.dim(shape.rank() - 1);
        var whole = Arrays.copyOf(outputs, kernel.bodies().size());
        var totals = Arrays.copyOfRange(outputs, whole.length, outputs.length);
        var stages = new Object[kernel.stages().size()];
        var evaluator = new Evaluator(inputs, shape, stages);
        for (long row = 0; row < shape.size(); row += length) {
            for (int i = 0; i < stages.length; i++) {
                stages[i] = stage(kernel.stages().get(i), evaluator, row, length);
            }
            write(kernel.bodies(), evaluator, whole, row, row + length);
            for (int k = 0; k < totals.length; k++) {
                Scalars.write(totals[k].dtype(), totals[k].address(row / length),
                        evaluator.at(kernel.totals().get(k), row));
            }
        }
    }

    private static Object stage(Kernel.RowStage stage, Evaluator evaluator, long row, long length) {
        if (stage.isStep()) {
            return evaluator.at(stage.body(), row);
        }
        var accumulator = new Accumulator(stage.fold(), stage.body().dtype());
        for (long position = row; position < row + length; position++) {
            accumulator.add(evaluator.at(stage.body(), position));
        }
        return accumulator.result();
    }

    static void scan(Kernel.Scan kernel, Tensor input, Tensor output) {
        var shape = output.shape();
        long length = shape.dim(kernel.axis());
        long step = shape.strides()[kernel.axis()];
        for (long lane = 0; lane < output.size(); lane++) {
            if (lane / step % length != 0) {
                continue;
            }
            var accumulator = new Accumulator(kernel.fold(), kernel.output());
            for (long i = 0; i < length; i++) {
                long position = lane + (kernel.reverse() ? length - 1 - i : i) * step;
                var next = Scalars.cast(kernel.output(), Scalars.read(kernel.input(), input.address(position)));
                var before = accumulator.result();
                accumulator.add(next);
                Scalars.write(kernel.output(), output.address(position),
                        kernel.exclusive() ? before : accumulator.result());
            }
        }
    }
}

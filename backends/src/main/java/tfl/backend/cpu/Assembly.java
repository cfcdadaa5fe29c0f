package tfl.backend.cpu;

import java.lang.ref.Reference;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import tfl.backend.Executable;
import tfl.backend.Places;
import tfl.kernel.Kernel;
import tfl.tensor.NativeMemory;
import tfl.tensor.Tensor;
import tfl.tensor.TensorType;

/** A {@link Kernel.Assemble}: each part is copied into the view of the output that its window names. */
record Assembly(Kernel.Assemble kernel, TensorType output) implements Executable {
    /** From which on another thread pays. */
    private static final long SHARED_BYTES = 96 << 10;
    private static final long SHORTEST_ROW = 64;
    /** Above, parts are shared by threads each by itself. */
    private static final long LONGEST_ROW = 16 << 10;

    @Override
    public Tensor[] run(Tensor[] inputs, int donated) {
        return run(inputs, donated, Places.ANYWHERE);
    }

    @Override
    public Tensor[] run(Tensor[] inputs, int donated, Tensor[] places) {
        int first = kernel.fill() == null ? 1 : 0;
        var result = first == 1 ? base(inputs, donated, places) : Donation.output(output, places);
        if (first == 0 && !isCovered(inputs)) {
            fill(result);
        }
        var views = new Tensor[inputs.length - first];
        for (int i = 0; i < views.length; i++) {
            views[i] = view(result, kernel.windows().get(i), inputs[i + first]);
        }
        copy(Arrays.copyOfRange(inputs, first, inputs.length), views);
        for (var view : views) {
            view.discard();
        }
        Reference.reachabilityFence(inputs);
        return new Tensor[] {result};
    }

    private void copy(Tensor[] parts, Tensor[] views) {
        if (output.bytes() >= SHARED_BYTES && Workers.count() > 1 && haveRows(parts, views)) {
            Workers.ranges(output.shape().dim(0), 1, (top, bottom) -> {
                for (int i = 0; i < parts.length; i++) {
                    long bytes = parts[i].size() / parts[i].dim(0) * parts[i].dtype().bytes();
                    for (long row = top; row < bottom; row++) {
                        NativeMemory.copy(row(parts[i], row), row(views[i], row), bytes);
                    }
                }
            });
            return;
        }
        for (int i = 0; i < parts.length; i++) {
            StridedCopy.run(parts[i], views[i]);
        }
    }

    /**
     * Whether each part has all rows, none too short to be copied by itself, so that threads can share them: each then
     * finds its rows in its own cache, as kernels by rows left them there.
     */
    private boolean haveRows(Tensor[] parts, Tensor[] views) {
        long rows = output.shape().rank() < 2 ? 0 : output.shape().dim(0);
        for (int i = 0; i < parts.length; i++) {
            long bytes = parts[i].size() / Math.max(1, rows) * parts[i].dtype().bytes();
            if (rows < Workers.count() || parts[i].dim(0) != rows || bytes < SHORTEST_ROW || bytes > LONGEST_ROW
                    || !isRowMajor(parts[i]) || !isRowMajor(views[i]) || views[i].stride(0) < 0) {
                return false;
            }
        }
        return true;
    }

    /** Whether the elements of each row touch. */
    private static boolean isRowMajor(Tensor tensor) {
        var dense = tensor.shape().strides();
        for (int axis = 1; axis < dense.length; axis++) {
            if (tensor.dim(axis) != 1 && tensor.stride(axis) != dense[axis]) {
                return false;
            }
        }
        return true;
    }

    private static long row(Tensor tensor, long row) {
        return tensor.address() + row * tensor.stride(0) * tensor.dtype().bytes();
    }

    private Tensor base(Tensor[] inputs, int donated, Tensor[] places) {
        var result = Donation.outputs(List.of(output), inputs, donated & 1, places)[0];
        if (result.address() != inputs[0].address()) {
            StridedCopy.run(inputs[0], result);
        }
        return result;
    }

    private static Tensor view(Tensor result, Kernel.Window window, Tensor input) {
        var steps = result.shape().strides();
        var strides = new long[steps.length];
        long offset = result.offset();
        for (int axis = 0; axis < steps.length; axis++) {
            offset += window.start().get(axis) * steps[axis];
            strides[axis] = window.step().get(axis) * steps[axis];
        }
        return result.asStrided(input.type(), strides, offset);
    }

    /**
     * Whether the parts leave nothing of the output free: as many elements as it has, and no two parts
     * overlap.
     */
    private boolean isCovered(Tensor[] inputs) {
        long elements = Arrays.stream(inputs).mapToLong(Tensor::size).sum();
        if (elements != output.shape().size()) {
            return false;
        }
        for (int i = 0; i < inputs.length; i++) {
            for (int j = 0; j < i; j++) {
                if (!areApart(i, inputs[i], j, inputs[j])) {
                    return false;
                }
            }
        }
        return true;
    }

    private boolean areApart(int i, Tensor x, int j, Tensor y) {
        for (int axis = 0; axis < output.shape().rank(); axis++) {
            var a = span(i, x, axis);
            var b = span(j, y, axis);
            if (a[1] < b[0] || b[1] < a[0]) {
                return true;
            }
        }
        return false;
    }

    private long[] span(int part, Tensor input, int axis) {
        long from = kernel.windows().get(part).start().get(axis);
        long to = from + (input.dim(axis) - 1) * kernel.windows().get(part).step().get(axis);
        return new long[] {Math.min(from, to), Math.max(from, to)};
    }

    private void fill(Tensor result) {
        var fill = kernel.fill();
        var one = fill.dtype().isFloat() || fill.dtype().isComplex()
                ? Tensor.scalar(fill.dtype(), Double.longBitsToDouble(fill.bits()))
                : Tensor.scalar(fill.dtype(), fill.bits());
        var pattern = one.toBytes();
        boolean uniform = IntStream.range(0, pattern.length).allMatch(i -> pattern[i] == pattern[0]);
        if (uniform) {
            NativeMemory.segment(result.address(), output.bytes()).fill(pattern[0]);
        } else {
            var repeated = one.broadcastTo(output.shape());
            StridedCopy.run(repeated, result);
            repeated.discard();
        }
        one.discard();
    }
}

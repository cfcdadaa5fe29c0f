package tfl.backend.cpu;

import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.lang.ref.Reference;
import java.util.Arrays;
import java.util.List;
import tfl.backend.Executable;
import tfl.backend.llvm.GatherKernel;
import tfl.backend.llvm.Unsupported;
import tfl.kernel.Kernel;
import tfl.tensor.DType;
import tfl.tensor.Tensor;
import tfl.tensor.TensorType;

/**
 * {@link Kernel.Gather} and {@link Kernel.Scatter} by compiled code.
 *
 * @param combine how scattered elements meet, null to gather
 */
record Indexing(DType dtype, int indexed, Kernel.Combine combine, TensorType output, Executable reference)
        implements Executable {
    private static final long GRAIN = 32 * 1024;

    @Override
    public Tensor[] run(Tensor[] inputs, int donated) {
        var indices = Arrays.copyOfRange(inputs, inputs.length - indexed, inputs.length);
        var whole = inputs[0].shape();
        long block = 1;
        for (int axis = indexed; axis < whole.rank(); axis++) {
            block *= whole.dim(axis);
        }
        var layout = Layout.joined(indices[0].shape().dims(), indices);
        var kernel = new GatherKernel(dtype, indexed, layout.rank(), layout.inner(), block == 1,
                combine == null && streams(block), combine);
        try {
            var code = KernelStore.get(kernel, kernel::text).get("kernel");
            var result = combine == null ? gather(code, inputs[0], indices, layout, block)
                    : scatter(code, inputs, indices, layout, block, donated);
            Reference.reachabilityFence(inputs);
            return new Tensor[] {result};
        } catch (Unsupported operation) {
            return reference.run(inputs, donated);
        }
    }

    /** Whether gathered blocks are better written past the cache, which the source then has for itself. */
    private boolean streams(long block) {
        return block * dtype.bytes() % 64 == 0 && LastCache.isOverrun(output.bytes(), output.bytes());
    }

    private Tensor gather(KernelCode code, Tensor source, Tensor[] indices, Layout layout, long block) {
        var dense = StridedCopy.dense(source);
        var result = Tensor.allocate(output);
        if (result.size() > 0) {
            call(code, result, dense, source, indices, layout, block, layout.size(),
                    Math.max(1, GRAIN / block));
        }
        if (dense != source) {
            dense.discard();
        }
        return result;
    }

    private Tensor scatter(KernelCode code, Tensor[] inputs, Tensor[] indices, Layout layout, long block,
            int donated) {
        var result = Donation.outputs(List.of(output), inputs, donated & 1, ANYWHERE)[0];
        if (result.storage() != inputs[0].storage()) {
            StridedCopy.run(inputs[0], result);
        }
        var updates = StridedCopy.dense(inputs[1]);
        if (updates.size() > 0) {
            long positions = layout.size();
            call(code, result, updates, result, indices, layout, block, block,
                    Math.max(16, GRAIN / positions));
        }
        if (updates != inputs[1]) {
            updates.discard();
        }
        return result;
    }

    private void call(KernelCode code, Tensor target, Tensor source, Tensor indexedTensor, Tensor[] indices,
            Layout layout,
            long block, long size, long grain) {
        if (indexedTensor.size() == 0) {
            throw outside(indexedTensor);
        }
        try (var arena = Arena.ofConfined()) {
            var status = arena.allocate(ValueLayout.JAVA_LONG);
            var arguments = KernelArguments.start().add(status.address()).addresses(target, source)
                    .addresses(indices)
                    .add(block).add(layout.size());
            var steps = indexedTensor.shape().strides();
            for (int axis = 0; axis < indexed; axis++) {
                arguments.add(indexedTensor.dim(axis));
            }
            for (int axis = 0; axis < indexed; axis++) {
                arguments.add(steps[axis]);
            }
            arguments.addAll(layout.arguments());
            Split.run(code, arguments.address(), size, grain);
            if (status.get(ValueLayout.JAVA_LONG, 0) != 0) {
                throw outside(indexedTensor);
            }
        }
    }

    private static IndexOutOfBoundsException outside(Tensor tensor) {
        return new IndexOutOfBoundsException("an index lies outside " + tensor.type());
    }
}

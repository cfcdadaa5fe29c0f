package tfl.backend.cpu;

import java.lang.ref.Reference;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import tfl.backend.Compiled;
import tfl.backend.Executable;
import tfl.backend.Places;
import tfl.backend.llvm.GatherKernel;
import tfl.backend.llvm.Unsupported;
import tfl.kernel.Kernel;
import tfl.tensor.DType;
import tfl.tensor.NativeMemory;
import tfl.tensor.Tensor;
import tfl.tensor.TensorType;

/** {@link Kernel.Gather} and {@link Kernel.Scatter} by compiled code. */
final class Indexing implements Executable {
    private static final long GRAIN = 32 * 1024;
    /** Bytes up to which blocks of each size have code of their own, without a call to copy one. */
    private static final long MOST_FIXED = 256;
    private static final long LINE = 64;

    private final DType dtype;
    private final int indexed;
    private final Kernel.Combine combine;
    private final TensorType output;
    private final Executable reference;
    private volatile Version last;

    /** Code for index tensors of these strides (null where the kernel is left to the reference). */
    private record Version(Strides strides, CompiledKernel compiled, KernelCode code, Layout layout) {}

    /**
     * For a kernel over so many index tensors.
     *
     * @param combine how scattered elements meet, null to gather
     */
    Indexing(DType dtype, int indexed, Kernel.Combine combine, TensorType output, Executable reference) {
        this.dtype = dtype;
        this.indexed = indexed;
        this.combine = combine;
        this.output = output;
        this.reference = reference;
    }

    @Override
    public Tensor[] run(Tensor[] inputs, int donated) {
        var indices = Arrays.copyOfRange(inputs, inputs.length - indexed, inputs.length);
        long block = block(inputs[0]);
        var version = last;
        if (version == null || !version.strides().fit(indices)) {
            version = version(inputs[0].type(), indices, block);
            last = version;
        }
        if (version.code() == null) {
            return reference.run(inputs, donated);
        }
        var result = combine == null ? gather(version, inputs[0], indices, block)
                : scatter(version, inputs, indices, block, donated);
        Reference.reachabilityFence(inputs);
        return new Tensor[] {result};
    }

    @Override
    public Optional<Compiled> compiled() {
        return Optional.ofNullable(last).map(Version::compiled);
    }

    private Version version(TensorType source, Tensor[] indices, long block) {
        var shape = indices[0].shape();
        var strides = Strides.all(indices);
        var layout = Layout.joined(shape.dims(), strides);
        boolean streams = combine == null && streams(block);
        long bytes = block * dtype.bytes();
        int fixed = combine == null && block > 1 && bytes <= MOST_FIXED ? (int) bytes : 0;
        int ahead = combine == null && LastCache.maybeOverrunBy(source.bytes()) ? lines(bytes) : 0;
        var kernel = new GatherKernel(dtype, indexed, layout.rank(), layout.inner(), block == 1, fixed, ahead, streams,
                combine);
        var known = Strides.of(shape, strides);
        try {
            var compiled = KernelStore.compiled(kernel);
            return new Version(known, compiled, compiled.functions().get("kernel"), layout);
        } catch (Unsupported operation) {
            return new Version(known, null, null, layout);
        }
    }

    /** Lines of the cache that a block begins with: the processor sees by itself what follows two. */
    private static int lines(long block) {
        return block <= LINE && LINE % block == 0 ? 1 : 2;
    }

    /** Elements of the axes that no index addresses. */
    private long block(Tensor whole) {
        long block = 1;
        for (int axis = indexed; axis < whole.rank(); axis++) {
            block *= whole.dim(axis);
        }
        return block;
    }

    /** Whether gathered blocks are better written past the cache, which the source then has for itself. */
    private boolean streams(long block) {
        return block * dtype.bytes() % 64 == 0 && LastCache.isOverrun(output.bytes(), output.bytes());
    }

    private Tensor gather(Version version, Tensor source, Tensor[] indices, long block) {
        var dense = StridedCopy.dense(source);
        var result = Tensor.allocate(output);
        if (result.size() > 0) {
            call(version, result, dense, source, indices, block, version.layout().size(), Math.max(1, GRAIN / block));
        }
        if (dense != source) {
            dense.discard();
        }
        return result;
    }

    private Tensor scatter(Version version, Tensor[] inputs, Tensor[] indices, long block, int donated) {
        var result = Donation.outputs(List.of(output), inputs, donated & 1, Places.ANYWHERE)[0];
        if (result.storage() != inputs[0].storage()) {
            StridedCopy.run(inputs[0], result);
        }
        var updates = StridedCopy.dense(inputs[1]);
        if (updates.size() > 0) {
            call(version, result, updates, result, indices, block, block,
                    Math.max(16, GRAIN / version.layout().size()));
        }
        if (updates != inputs[1]) {
            updates.discard();
        }
        return result;
    }

    private void call(Version version, Tensor target, Tensor source, Tensor indexedTensor, Tensor[] indices, long block,
            long size, long grain) {
        if (indexedTensor.size() == 0) {
            throw outside(indexedTensor);
        }
        var arguments = KernelArguments.start().add(0).addresses(target, source).addresses(indices).add(block)
                .add(version.layout().size());
        var steps = indexedTensor.shape().strides();
        for (int axis = 0; axis < indexed; axis++) {
            arguments.add(indexedTensor.dim(axis));
        }
        for (int axis = 0; axis < indexed; axis++) {
            arguments.add(steps[axis]);
        }
        arguments.addAll(version.layout().arguments());
        long status = arguments.answer();
        arguments.set(0, status);
        Split.run(version.code(), arguments.address(), size, grain);
        if (NativeMemory.getLong(status) != 0) {
            throw outside(indexedTensor);
        }
    }

    private static IndexOutOfBoundsException outside(Tensor tensor) {
        return new IndexOutOfBoundsException("an index lies outside " + tensor.type());
    }
}

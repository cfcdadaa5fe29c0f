package tfl.backend.cpu;

import java.lang.ref.Reference;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import tfl.backend.llvm.CopyKernel;
import tfl.backend.llvm.TransposeKernel;
import tfl.backend.llvm.Unsupported;
import tfl.tensor.NativeMemory;
import tfl.tensor.Shape;
import tfl.tensor.Tensor;

/**
 * Copies between tensors of one shape and element size that lie in any way: by compiled code, transposes in
 * tiles.
 */
final class StridedCopy {
    private static final long GRAIN = 64 * 1024;
    /** Rows or columns below that are not worth tiles. */
    private static final long NARROW = 4;
    /** Bytes of a line of the cache. */
    private static final long LINE = 64;

    private StridedCopy() {}

    /** The tensor itself if it lies dense, else a dense copy, which the caller discards. */
    static Tensor dense(Tensor source) {
        if (source.isContiguous()) {
            return source;
        }
        var copy = Tensor.allocate(source.type());
        run(source, copy);
        return copy;
    }

    /** Writes every element of the source to the same index of the target; they do not overlap. */
    static void run(Tensor source, Tensor target) {
        if (source.size() == 0) {
            return;
        }
        int bytes = source.dtype().bytes();
        if (source.isContiguous() && target.isContiguous() && source.size() <= GRAIN) {
            NativeMemory.copy(source.address(), target.address(), source.size() * bytes);
        } else {
            try {
                boolean aligned = target.address() % LINE == 0;
                plan(source.shape(), bytes, target.strides(), source.strides(), aligned).run(source, target);
            } catch (Unsupported withoutLlvm) {
                plain(source, target, bytes);
            }
        }
        Reference.reachabilityFence(source);
        Reference.reachabilityFence(target);
    }

    /**
     * How tensors with certain strides are copied.
     *
     * @param arguments of the code, after the addresses of target and source
     */
    record Plan(CompiledKernel compiled, KernelCode code, long[] arguments, long units, long grain) {
        /** For tensors that have these strides, and elements. */
        void run(Tensor source, Tensor target) {
            var all = KernelArguments.start().addresses(target, source).addAll(arguments);
            Split.run(code, all.address(), units, grain);
        }

        private static Plan of(CompiledKernel compiled, long[] arguments, long units, long grain) {
            return new Plan(compiled, compiled.functions().get("kernel"), arguments, units, grain);
        }
    }

    /**
     * For that shape and those strides.
     *
     * @param aligned whether the target begins where a line of the cache does
     * @throws Unsupported where LLVM cannot be had
     */
    static Plan plan(Shape shape, int bytes, long[] target, long[] source, boolean aligned) {
        var layout = Layout.joined(shape.dims(), new long[][] {target, source});
        int turned = turnedAxis(layout);
        if (turned >= 0) {
            return transpose(layout, turned, bytes, aligned && LastCache.maybeOverrunBy(shape.size() * bytes));
        }
        var kernel = new CopyKernel(bytes, layout.rank(), layout.inner());
        return Plan.of(KernelStore.compiled(kernel), layout.arguments(), shape.size(), GRAIN);
    }

    private static void plain(Tensor source, Tensor target, int bytes) {
        for (long position = 0; position < source.size(); position++) {
            NativeMemory.copy(source.address(position), target.address(position), bytes);
        }
    }

    /**
     * The axis along which the source lies dense while the target does along the innermost; -1 if there is
     * none.
     */
    private static int turnedAxis(Layout layout) {
        int inner = layout.rank() - 1;
        var target = layout.strides()[0];
        var source = layout.strides()[1];
        if (target[inner] != 1 || source[inner] == 1 || layout.sizes()[inner] < NARROW) {
            return -1;
        }
        return IntStream.range(0, inner).filter(axis -> source[axis] == 1 && layout.sizes()[axis] >= NARROW)
                .findFirst()
                .orElse(-1);
    }

    private static Plan transpose(Layout layout, int turned, int bytes, boolean large) {
        int inner = layout.rank() - 1;
        var outer = layout.without(turned, inner);
        // A whole line of the cache at once, where registers are as wide and there are 32 of them.
        boolean wide = HostProcessor.has("avx512f");
        int square = bytes == 4 && wide ? 16 : 8;
        boolean streams = large && wide && square * bytes == LINE && LongStream.of(layout.strides()[0])
                .allMatch(step -> step == 1 || step * bytes % LINE == 0);
        var kernel = new TransposeKernel(bytes, outer.rank(), square, streams);
        long rows = layout.sizes()[turned];
        long columns = layout.sizes()[inner];
        var matrix = LongStream.of(rows, columns, layout.strides()[0][turned], layout.strides()[1][inner]);
        return Plan.of(KernelStore.compiled(kernel),
                LongStream.concat(matrix, Arrays.stream(outer.arguments())).toArray(),
                outer.size() * Math.ceilDiv(rows, kernel.band()), Math.max(1, GRAIN / (kernel.band() * columns)));
    }
}

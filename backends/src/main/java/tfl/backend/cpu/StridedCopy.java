package tfl.backend.cpu;

import java.lang.ref.Reference;
import java.util.stream.IntStream;
import tfl.backend.llvm.CopyKernel;
import tfl.backend.llvm.TransposeKernel;
import tfl.backend.llvm.Unsupported;
import tfl.tensor.NativeMemory;
import tfl.tensor.Tensor;

/**
 * Copies between tensors of one shape and element size that lie in any way: by compiled code, transposes in
 * tiles.
 */
final class StridedCopy {
    private static final long GRAIN = 64 * 1024;
    /** Rows or columns below that are not worth tiles. */
    private static final long NARROW = 4;

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
                compiled(source, target, bytes);
            } catch (Unsupported withoutLlvm) {
                plain(source, target, bytes);
            }
        }
        Reference.reachabilityFence(source);
        Reference.reachabilityFence(target);
    }

    private static void compiled(Tensor source, Tensor target, int bytes) {
        var layout = Layout.joined(source.shape().dims(), new Tensor[] {target, source});
        int turned = turnedAxis(layout);
        if (turned >= 0) {
            transpose(layout, turned, source, target);
            return;
        }
        var kernel = new CopyKernel(bytes, layout.rank(), layout.inner());
        var code = KernelStore.get(kernel, kernel::text).get("kernel");
        var arguments = KernelArguments.start().addresses(target, source).addAll(layout.arguments());
        Split.run(code, arguments.address(), source.size(), GRAIN);
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

    private static void transpose(Layout layout, int turned, Tensor source, Tensor target) {
        int inner = layout.rank() - 1;
        var outer = layout.without(turned, inner);
        int bytes = source.dtype().bytes();
        // A whole line of the cache at once, where registers are as wide and there are 32 of them.
        var kernel = new TransposeKernel(bytes, outer.rank(), bytes == 4 && HostProcessor.has("avx512f") ? 16 : 8);
        var code = KernelStore.get(kernel, kernel::text).get("kernel");
        long rows = layout.sizes()[turned];
        long columns = layout.sizes()[inner];
        var arguments = KernelArguments.start().addresses(target, source).add(rows).add(columns)
                .add(layout.strides()[0][turned]).add(layout.strides()[1][inner]).addAll(outer.arguments());
        long units = outer.size() * ((rows + kernel.band() - 1) / kernel.band());
        Split.run(code, arguments.address(), units, Math.max(1, GRAIN / (kernel.band() * columns)));
    }
}

package tfl.tensor;

import java.lang.ref.Reference;

/** Copies the elements of a strided tensor side by side, on the caller's thread. */
final class DenseCopy {
    private final Tensor source;
    private final int width;
    private long target;

    private DenseCopy(Tensor source, long target) {
        this.source = source;
        this.width = source.dtype().bytes();
        this.target = target;
    }

    /** The elements in a fresh row-major tensor. */
    static Tensor of(Tensor source) {
        var copy = Tensor.allocate(source.type());
        if (source.size() > 0) {
            new DenseCopy(source, copy.address()).axis(0, source.address());
        }
        Reference.reachabilityFence(source);
        return copy;
    }

    private void axis(int axis, long from) {
        if (axis == source.rank()) {
            NativeMemory.copy(from, target, width);
            target += width;
            return;
        }
        long step = source.stride(axis) * width;
        if (axis == source.rank() - 1) {
            row(from, step, source.dim(axis));
            return;
        }
        for (long i = 0; i < source.dim(axis); i++) {
            axis(axis + 1, from + i * step);
        }
    }

    private void row(long from, long step, long count) {
        for (long i = 0; i < count; i++) {
            long element = from + i * step;
            switch (width) {
                case 1 -> NativeMemory.putByte(target, NativeMemory.getByte(element));
                case 2 -> NativeMemory.putShort(target, NativeMemory.getShort(element));
                case 4 -> NativeMemory.putInt(target, NativeMemory.getInt(element));
                default -> NativeMemory.putLong(target, NativeMemory.getLong(element));
            }
            target += width;
        }
    }
}

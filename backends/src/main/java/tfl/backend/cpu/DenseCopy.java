package tfl.backend.cpu;

import java.lang.ref.Reference;
import tfl.tensor.NativeMemory;
import tfl.tensor.Tensor;

/** Row-major copies of strided tensors, in tiles so that a transpose reads and writes whole cache lines. */
final class DenseCopy {
    private static final int TILE = 32;
    /** A cache line of f32, in the direction that is written. */
    private static final int WIDTH = 16;
    private static final long GRAIN = 1 << 16;

    private DenseCopy() {}

    /** The tensor's elements in a fresh row-major tensor. */
    static Tensor of(Tensor source) {
        var copy = Tensor.allocate(source.type());
        into(source, copy.address());
        return copy;
    }

    /** Writes the elements row-major from the address on, where there is room for them. */
    static void into(Tensor source, long target) {
        if (source.size() == 0) {
            return;
        }
        int bytes = source.dtype().bytes();
        if (source.isContiguous()) {
            NativeMemory.copy(source.address(), target, source.size() * bytes);
            return;
        }
        int inner = Math.min(2, source.rank());
        var batch = Axes.leading(source, inner);
        long rows = inner == 2 ? source.dim(source.rank() - 2) : 1;
        long columns = source.dim(source.rank() - 1);
        long rowStep = inner == 2 ? source.stride(source.rank() - 2) : 0;
        long columnStep = source.stride(source.rank() - 1);
        long bands = (rows + TILE - 1) / TILE;
        long base = source.address() - source.offset() * bytes;
        Workers.ranges(batch.count() * bands, Math.max(1, GRAIN / (TILE * columns)), (first, last) -> {
            for (long band = first; band < last; band++) {
                long matrix = band / bands;
                long top = band % bands * TILE;
                band(base + (batch.at(matrix) + top * rowStep) * bytes, rowStep * bytes, columnStep * bytes,
                        target + (matrix * rows + top) * columns * bytes, Math.min(TILE, rows - top),
                        columns, bytes);
            }
        });
        Reference.reachabilityFence(source);
    }

    private static void band(long from, long rowStep, long columnStep, long to, long rows, long columns,
            int bytes) {
        for (long left = 0; left < columns; left += WIDTH) {
            int width = (int) Math.min(WIDTH, columns - left);
            for (long row = 0; row < rows; row++) {
                long source = from + row * rowStep + left * columnStep;
                long target = to + (row * columns + left) * bytes;
                switch (bytes) {
                    case 1 -> bytes(source, columnStep, target, width);
                    case 2 -> shorts(source, columnStep, target, width);
                    case 4 -> ints(source, columnStep, target, width);
                    default -> longs(source, columnStep, target, width);
                }
            }
        }
    }

    private static void bytes(long source, long step, long target, int count) {
        for (int i = 0; i < count; i++) {
            NativeMemory.putByte(target + i, NativeMemory.getByte(source + i * step));
        }
    }

    private static void shorts(long source, long step, long target, int count) {
        for (int i = 0; i < count; i++) {
            NativeMemory.putShort(target + 2L * i, NativeMemory.getShort(source + i * step));
        }
    }

    private static void ints(long source, long step, long target, int count) {
        for (int i = 0; i < count; i++) {
            NativeMemory.putInt(target + 4L * i, NativeMemory.getInt(source + i * step));
        }
    }

    private static void longs(long source, long step, long target, int count) {
        for (int i = 0; i < count; i++) {
            NativeMemory.putLong(target + 8L * i, NativeMemory.getLong(source + i * step));
        }
    }
}

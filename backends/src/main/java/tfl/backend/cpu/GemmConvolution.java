package tfl.backend.cpu;

import java.lang.foreign.MemorySegment;
import tfl.kernel.Routine;
import tfl.tensor.DType;
import tfl.tensor.NativeMemory;
import tfl.tensor.Tensor;

/**
 * Convolution of f32 or f64 as matrix products with {@link ImageColumns}, in blocks that stay in the cache.
 * Tensors are row-major.
 */
final class GemmConvolution {
    private static final long BLOCK_BYTES = 512 << 10;

    private final ConvolutionShape shape;
    private final DType dtype;
    private final int bytes;
    private final ImageColumns columns;
    private final long x;
    private final long w;
    private final long y;
    private final long linesAtOnce;
    private final Thread caller = Thread.currentThread();

    private GemmConvolution(ConvolutionShape shape, DType dtype, long x, long w, long y) {
        this.shape = shape;
        this.dtype = dtype;
        this.bytes = dtype.bytes();
        this.columns = new ImageColumns(shape, bytes);
        this.x = x;
        this.w = w;
        this.y = y;
        long line = shape.columnRows() * shape.output()[2] * bytes;
        this.linesAtOnce = Math.clamp(BLOCK_BYTES / line, 1, shape.outputLines());
    }

    static void run(ConvolutionShape shape, Routine.Pass pass, Tensor first, Tensor second, Tensor result) {
        var dtype = result.dtype();
        switch (pass) {
            case FORWARD ->
                new GemmConvolution(shape, dtype, first.address(), second.address(), result.address())
                        .forward();
            case INPUT -> new GemmConvolution(shape, dtype, result.address(), second.address(),
                    first.address()).input();
            case WEIGHT -> new GemmConvolution(shape, dtype, first.address(), result.address(),
                    second.address()).weight();
        }
    }

    /** {@code [out x rows] [rows x places]} for each image, group and block of lines. */
    private void forward() {
        long lines = shape.outputLines();
        long blocks = Math.ceilDiv(lines, linesAtOnce);
        tasks(shape.images() * shape.groups() * blocks, (block, scratch) -> {
            long item = block / blocks;
            long firstLine = block % blocks * linesAtOnce;
            long lastLine = Math.min(lines, firstLine + linesAtOnce);
            long places = (lastLine - firstLine) * shape.output()[2];
            long from = gathered(item, scratch, 0, shape.columnRows(), firstLine, lastLine);
            gemm(false, false, shape.channelsOut(), places, shape.columnRows(), weights(item),
                    shape.columnRows(), from, shape.isPointwise() ? shape.outputPlaces() : places, 0,
                    outputs(item) + firstLine * shape.output()[2] * bytes, shape.outputPlaces());
        });
    }

    /**
     * {@code [out x rows]' [out x places]}, added to where the columns came from; a task owns some channels.
     */
    private void input() {
        long parts = parts(shape.images() * shape.groups(), shape.channelsIn());
        tasks(shape.images() * shape.groups() * parts, (task, scratch) -> {
            long item = task / parts;
            long firstChannel = shape.channelsIn() * (task % parts) / parts;
            long lastChannel = shape.channelsIn() * (task % parts + 1) / parts;
            long firstRow = firstChannel * shape.taps();
            long rows = (lastChannel - firstChannel) * shape.taps();
            long target = inputs(item);
            long channel = shape.inputPlaces() * bytes;
            NativeMemory.segment(target + firstChannel * channel, (lastChannel - firstChannel) * channel)
                    .fill((byte) 0);
            for (long line = 0; line < shape.outputLines(); line += linesAtOnce) {
                long lastLine = Math.min(shape.outputLines(), line + linesAtOnce);
                long places = (lastLine - line) * shape.output()[2];
                gemm(true, false, rows, places, shape.channelsOut(), weights(item) + firstRow * bytes,
                        shape.columnRows(), outputs(item) + line * shape.output()[2] * bytes,
                        shape.outputPlaces(), 0, scratch, places);
                columns.scatterAdd(target, scratch, firstRow, firstRow + rows, line, lastLine);
            }
        });
    }

    /** {@code [out x places] [rows x places]'}, summed over images and blocks; a task owns some rows. */
    private void weight() {
        long rows = shape.columnRows();
        long parts = parts(shape.groups(), rows);
        tasks(shape.groups() * parts, (task, scratch) -> {
            long group = task / parts;
            long firstRow = rows * (task % parts) / parts;
            long lastRow = rows * (task % parts + 1) / parts;
            for (long image = 0; image < shape.images(); image++) {
                long item = image * shape.groups() + group;
                for (long line = 0; line < shape.outputLines(); line += linesAtOnce) {
                    long lastLine = Math.min(shape.outputLines(), line + linesAtOnce);
                    long places = (lastLine - line) * shape.output()[2];
                    long from = gathered(item, scratch, firstRow, lastRow, line, lastLine);
                    gemm(false, true, shape.channelsOut(), lastRow - firstRow, places,
                            outputs(item) + line * shape.output()[2] * bytes, shape.outputPlaces(), from,
                            shape.isPointwise() ? shape.outputPlaces() : places, image + line == 0 ? 0 : 1,
                            weights(group) + firstRow * bytes, rows);
                }
            }
        });
    }

    private interface Task {
        void run(long index, long scratch);
    }

    /** Runs tasks, each with room for a block of columns. */
    private void tasks(long count, Task task) {
        int threads = (int) Math.min(count, Workers.count());
        long room = shape.columnRows() * linesAtOnce * shape.output()[2];
        try (var scratch = Scratch.elements(dtype, threads, room)) {
            long base = scratch.address();
            Workers.run(threads, thread -> {
                for (long i = count * thread / threads; i < count * (thread + 1) / threads; i++) {
                    task.run(i, base + thread * room * bytes);
                }
            });
        }
    }

    /** Into how many parts to split each of some items, so that every thread has work. */
    private static long parts(long items, long divisible) {
        return items >= Workers.count() ? 1 : Math.min(Workers.count(), divisible);
    }

    private long gathered(long item, long scratch, long firstRow, long lastRow, long firstLine,
            long lastLine) {
        if (shape.isPointwise()) {
            return inputs(item) + (firstRow * shape.inputPlaces() + firstLine * shape.output()[2]) * bytes;
        }
        columns.gather(inputs(item), scratch, firstRow, lastRow, firstLine, lastLine);
        return scratch;
    }

    private long inputs(long item) {
        return x + item * shape.channelsIn() * shape.inputPlaces() * bytes;
    }

    private long outputs(long item) {
        return y + item * shape.channelsOut() * shape.outputPlaces() * bytes;
    }

    private long weights(long item) {
        return w + item % shape.groups() * shape.channelsOut() * shape.columnRows() * bytes;
    }

    private void gemm(boolean turnA, boolean turnB, long m, long n, long k, long a, long leadA, long b,
            long leadB, int beta, long c, long leadC) {
        Workers.check(caller);
        boolean single = dtype == DType.F32;
        (single ? Blas.SGEMM : Blas.DGEMM).call(Blas.ROW_MAJOR, turnA ? Blas.TRANSPOSED : Blas.AS_IS,
                turnB ? Blas.TRANSPOSED : Blas.AS_IS, Math.toIntExact(m), Math.toIntExact(n),
                Math.toIntExact(k), single ? (Object) 1f : (Object) 1.0, MemorySegment.ofAddress(a),
                Math.toIntExact(leadA), MemorySegment.ofAddress(b), Math.toIntExact(leadB), single
                ? (Object) (float) beta : (Object) (double) beta, MemorySegment.ofAddress(c),
                Math.toIntExact(leadC));
    }
}

package tfl.backend.cpu;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import tfl.backend.llvm.GemmKernel;
import tfl.backend.llvm.InnerStride;
import tfl.backend.llvm.Unsupported;
import tfl.kernel.Kernel;
import tfl.kernel.ScalarExpr;
import tfl.tensor.DType;
import tfl.tensor.Tensor;

/**
 * Products by code of our own, and what is done with their elements: those whose right matrix stays in a second cache
 * as it is, so that packing it, as libraries do, would take longer than it saves. Whether it is so depends on sizes
 * and the processor alone, so that equal programs give equal bits.
 */
final class DirectProduct {
    /** Multiplications below which a library's call takes no longer. */
    private static final long WORTHWHILE = 1 << 17;
    /** Multiplications that are worth a second thread. */
    private static final long GRAIN = 1 << 17;
    /** Of the right matrix. */
    private static final long MOST_BYTES = 512 << 10;
    private static final long MOST_INSIDE = 1024;
    /** Rows or columns below which tiles are mostly empty. */
    private static final long FEWEST = 16;
    /** Rows of a task from which on turning the right matrix around for each task hardly counts. */
    private static final long ENOUGH_ROWS = 128;
    /** Rows of a task, if there are enough. */
    private static final long TASK_ROWS = 64;
    /** The same where each task turns the right matrix around. */
    private static final long TURNING_TASK_ROWS = 512;
    private static final Map<GemmKernel, KernelCode> PLAIN = new ConcurrentHashMap<>();

    private final ProductSizes sizes;
    private final KernelCode code;
    private final DType dtype;
    private final int product;
    /** What is read row by row: the loop's inputs, and for the product the left matrix. */
    private final Matrices[] rows;
    private final Matrices right;
    private final boolean turned;
    private final Tensor[] outputs;
    private final long[] numbers;
    private final Thread caller = Thread.currentThread();

    private DirectProduct(ProductSizes sizes, KernelCode code, DType dtype, int product, Matrices[] rows,
            Matrices right, boolean turned, Tensor[] outputs, long[] numbers) {
        this.sizes = sizes;
        this.code = code;
        this.dtype = dtype;
        this.product = product;
        this.rows = rows;
        this.right = right;
        this.turned = turned;
        this.outputs = outputs;
        this.numbers = numbers;
    }

    /** Whether products of these sizes are done so, where there is a compiler. */
    static boolean takes(DType dtype, ProductSizes sizes) {
        return (dtype == DType.F32 || dtype == DType.F64) && sizes.m() >= FEWEST && sizes.n() >= FEWEST
                && sizes.k() <= MOST_INSIDE && sizes.k() * sizes.n() * dtype.bytes() <= MOST_BYTES
                && sizes.work() >= WORTHWHILE && Tiles.HOST.bits() > 0;
    }

    /** Writes the product into a row-major tensor; whether this is how it is computed. */
    static boolean tryRun(ProductSizes sizes, Tensor left, Tensor right, Tensor result) {
        var dtype = result.dtype();
        if (!takes(dtype, sizes)) {
            return false;
        }
        var kernel = kernel(new Kernel.Loop(List.of(dtype), List.of(new ScalarExpr.Input(0, dtype))), 0, sizes,
                isTurned(right.strides()), List.of(InnerStride.DENSE));
        try {
            var code = PLAIN.computeIfAbsent(kernel, DirectProduct::code);
            run(sizes, code, 0, left, right, new Tensor[1], new Tensor[] {result}, new long[0]);
            return true;
        } catch (Unsupported withoutLlvm) {
            return false;
        }
    }

    /**
     * Writes what a loop makes of the product.
     *
     * @param product which of the loop's inputs it is
     * @param inputs of the loop, null in place of the product
     * @param outputs row-major; one may be the memory of an input that lies so
     */
    static void run(ProductSizes sizes, KernelCode code, int product, Tensor left, Tensor right, Tensor[] inputs,
            Tensor[] outputs, long[] numbers) {
        boolean turned = isTurned(right.strides());
        var dense = turned || Matrices.of(right).columnStep() == 1 ? right : StridedCopy.dense(right);
        var factor = Matrices.of(dense);
        var rows = new Matrices[inputs.length];
        for (int k = 0; k < inputs.length; k++) {
            rows[k] = Matrices.of(k == product ? left : inputs[k]);
        }
        var stacked = sizes.batch() > 1 && factor.batch().repeats()
                ? Arrays.stream(rows).map(Matrices::stacked).toArray(Matrices[]::new) : null;
        boolean tall = stacked != null && Arrays.stream(stacked).allMatch(Objects::nonNull);
        try {
            new DirectProduct(tall ? sizes.tall() : sizes, code, right.dtype(), product, tall ? stacked : rows, factor,
                    turned, outputs, numbers).run();
        } finally {
            if (dense != right) {
                dense.discard();
            }
        }
    }

    /** Whether it is the columns of matrices that lie so whose elements touch. */
    static boolean isTurned(long[] strides) {
        int last = strides.length - 1;
        return strides[last] != 1 && strides[last - 1] == 1;
    }

    private static KernelCode code(GemmKernel kernel) {
        return KernelStore.get(kernel).get("kernel");
    }

    /** @param inner how each input of the loop moves along a row */
    static GemmKernel kernel(Kernel.Loop loop, int product, ProductSizes sizes, boolean turned,
            List<InnerStride> inner) {
        var dtype = loop.inputs().get(product);
        int lanes = Tiles.HOST.lanes(dtype);
        return new GemmKernel(loop, product, Tiles.HOST.rows(), lanes, sizes.n() % GemmKernel.width(lanes) == 0,
                turned, inner);
    }

    private void run() {
        long threads = Math.clamp(sizes.work() / GRAIN, 1, Workers.count());
        long calls = Math.max(threads, sizes.work() / Cost.LONGEST_CALL);
        if (sizes.batch() > 1 && sizes.batch() >= calls) {
            long tasks = threads == 1 ? calls : Math.clamp(4 * threads, calls, sizes.batch());
            Workers.run(Math.toIntExact(tasks), task ->
                    matrices(sizes.batch() * task / tasks, sizes.batch() * (task + 1) / tasks));
            return;
        }
        for (long matrix = 0; matrix < sizes.batch(); matrix++) {
            one(matrix, threads);
        }
    }

    private void matrices(long first, long last) {
        for (long matrix = first; matrix < last; matrix++) {
            Workers.check(caller);
            part(matrix, 0, sizes.m(), 0, sizes.n());
        }
    }

    private void one(long matrix, long threads) {
        int height = Tiles.HOST.rows();
        int width = width();
        long tall = Math.ceilDiv(sizes.m(), height);
        long wide = Math.ceilDiv(sizes.n(), width);
        boolean byRows = wide < threads || tall >= threads && (!turned || sizes.m() >= ENOUGH_ROWS * threads);
        long enough = byRows ? sizes.m() / (turned ? TURNING_TASK_ROWS : TASK_ROWS) : 1;
        long tasks = Math.max(Math.max(enough, threads), sizes.work() / sizes.batch() / Cost.LONGEST_CALL);
        long even = Math.min(byRows ? tall : wide,
                tasks > 8 * threads ? tasks : Math.ceilDiv(tasks, threads) * threads);
        Workers.run(Math.toIntExact(even), task -> {
            Workers.check(caller);
            if (byRows) {
                part(matrix, height * (tall * task / even), Math.min(sizes.m(), height * (tall * (task + 1) / even)), 0,
                        sizes.n());
            } else {
                part(matrix, 0, sizes.m(), width * (wide * task / even),
                        Math.min(sizes.n(), width * (wide * (task + 1) / even)));
            }
        });
    }

    private int width() {
        return GemmKernel.width(Tiles.HOST.lanes(dtype));
    }

    private void part(long matrix, long top, long bottom, long first, long last) {
        if (!turned) {
            part(matrix, top, bottom, first, last, 0);
            return;
        }
        try (var scratch = Scratch.elements(dtype, sizes.k(), Math.ceilDiv(last - first, width()) * width())) {
            part(matrix, top, bottom, first, last, scratch.address());
        }
    }

    private void part(long matrix, long top, long bottom, long first, long last, long scratch) {
        var arguments = KernelArguments.start();
        long size = sizes.m() * sizes.n();
        for (var output : outputs) {
            arguments.add(output.address(matrix * size));
        }
        for (var each : rows) {
            arguments.add(each.at(matrix, 0, 0).address());
        }
        arguments.add(right.at(matrix, 0, 0).address()).add(sizes.n()).add(sizes.k()).add(rows[product].rowStep())
                .add(rows[product].columnStep()).add(turned ? right.columnStep() : right.rowStep());
        for (int k = 0; k < rows.length; k++) {
            arguments.add(k == product ? 0 : rows[k].rowStep()).add(k == product ? 0 : rows[k].columnStep());
        }
        code.run(arguments.add(first).add(last).add(scratch).addAll(numbers).address(), top, bottom);
    }
}

package tfl.backend.cpu;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import tfl.tensor.DType;
import tfl.tensor.Elements;
import tfl.tensor.Tensor;

/**
 * Matrix products of f32, f64 and c64 by BLAS, or by oneDNN where {@link OneDnnGemm} takes them. They are shared
 * out over the workers: by matrix where there are many, else by blocks of the larger side, or of the inner one
 * where the result is small.
 */
final class BlasProduct {
    private static final MemorySegment COMPLEX_ONE = Arena.global()
            .allocateFrom(ValueLayout.JAVA_FLOAT, 1, 0);
    private static final MemorySegment COMPLEX_ZERO = Arena.global()
            .allocateFrom(ValueLayout.JAVA_FLOAT, 0, 0);
    /** Multiplications that are worth a second thread. */
    private static final long GRAIN = 1 << 17;
    /** Rows or columns below which a block is mostly packing. */
    private static final long THICK = 256;
    private static final long SMALL_RESULT = 128 * 128;
    /**
     * Columns that many elements apart, or a multiple, begin in the same set of the first cache, where oneDNN packs them
     * at a fifth of its speed. Where they are packed for few rows, we turn them around first.
     */
    private static final int COLLIDING = 512;
    private static final long FEW_ROWS = 128;
    private static final long CACHED = 1 << 20;

    private final ProductSizes sizes;
    private final Matrices a;
    private final Matrices b;
    private final Matrices c;
    private final DType dtype;
    private final boolean large;
    private final int threads;
    private final Thread caller = Thread.currentThread();

    private BlasProduct(ProductSizes sizes, Matrices a, Matrices b, Matrices c, boolean large, int threads) {
        this.sizes = sizes;
        this.large = large;
        this.threads = threads;
        this.a = a;
        this.b = b;
        this.c = c;
        this.dtype = c.tensor().dtype();
    }

    /** Writes the product into the row-major result; k is at least 1. */
    static void run(ProductSizes sizes, Tensor left, Tensor right, Tensor result) {
        run(sizes, left, right, result, large(sizes, result), Workers.count());
    }

    /** Part of a product of other sizes, on the calling thread, by the library that computes the whole. */
    static void runPart(ProductSizes whole, ProductSizes part, Tensor left, Tensor right, Tensor result) {
        run(part, left, right, result, large(whole, result), 1);
    }

    private static boolean large(ProductSizes sizes, Tensor result) {
        return OneDnnGemm.takes(result.dtype(), sizes);
    }

    private static void run(ProductSizes sizes, Tensor left, Tensor right, Tensor result, boolean large,
            int threads) {
        if (result.size() == 0) {
            return;
        }
        var temporaries = new ArrayList<Tensor>();
        var a = usable(left, temporaries);
        var b = usable(right, temporaries);
        if (large && packsSlowly(sizes, b)) {
            b = turned(right, temporaries);
        }
        var c = Matrices.of(result);
        if (sizes.batch() > 1 && b.batch().repeats() && a.isRowMajor() && a.stacked() instanceof Matrices tall
                && tall.isRowMajor()) {
            new BlasProduct(new ProductSizes(1, tall.rows(), sizes.n(), sizes.k()), tall, b, c.stacked(),
                    large, threads).run();
        } else {
            new BlasProduct(sizes, a, b, c, large, threads).run();
        }
        temporaries.forEach(Tensor::discard);
    }

    private static boolean packsSlowly(ProductSizes sizes, Matrices b) {
        return b.isColumnMajor() && b.transposed().lead() % COLLIDING == 0 && sizes.m() <= FEW_ROWS
                && b.tensor().size() <= CACHED;
    }

    private static Matrices turned(Tensor tensor, List<Tensor> temporaries) {
        var dense = Tensor.allocate(tensor.type());
        StridedCopy.run(tensor, dense);
        temporaries.add(dense);
        return Matrices.of(dense);
    }

    private static Matrices usable(Tensor tensor, List<Tensor> temporaries) {
        var matrices = Matrices.of(tensor);
        if (matrices.isRowMajor() || matrices.isColumnMajor()) {
            return matrices;
        }
        var copy = DenseCopy.of(tensor);
        temporaries.add(copy);
        return Matrices.of(copy);
    }

    private void run() {
        long useful = Math.clamp(sizes.work() / GRAIN, 1, threads);
        if (sizes.batch() >= useful && sizes.batch() > 1) {
            long tasks = Math.min(sizes.batch(), useful == 1 ? 1 : 4L * useful);
            Workers.run((int) tasks, task ->
                    batch(sizes.batch() * task / tasks, sizes.batch() * (task + 1) / tasks));
            return;
        }
        for (long matrix = 0; matrix < sizes.batch(); matrix++) {
            one(matrix, useful);
        }
    }

    private void batch(long first, long last) {
        for (long matrix = first; matrix < last; matrix++) {
            Workers.check(caller);
            block(matrix, 0, sizes.m(), 0, sizes.n());
        }
    }

    private void one(long matrix, long parts) {
        long m = sizes.m();
        long n = sizes.n();
        long blocks = Math.max(parts, sizes.work() / sizes.batch() / Cost.LONGEST_CALL);
        if (parts > 1 && m * n <= SMALL_RESULT && sizes.k() >= 16 * Math.max(m, n)) {
            splitInner(matrix, blocks);
            return;
        }
        // Square ones by columns: the threads then pack different halves of b, and share a.
        long longer = Math.min(blocks, Math.max(parts, Math.max(m, n) / THICK));
        long shorter = Math.clamp(blocks / longer, 1, Math.max(1, Math.min(m, n) / THICK));
        long rows = m > n ? longer : shorter;
        long columns = m > n ? shorter : longer;
        Workers.run(Math.toIntExact(rows * columns), part -> {
            Workers.check(caller);
            long row = part / columns;
            long column = part % columns;
            block(matrix, m * row / rows, m * (row + 1) / rows, n * column / columns, n * (column + 1) / columns);
        });
    }

    private void block(long matrix, long top, long bottom, long left, long right) {
        if (top < bottom && left < right) {
            product(bottom - top, right - left, sizes.k(), a, a.at(matrix, top, 0), b, b.at(matrix, 0, left),
                    c.at(matrix, top, left), c.lead());
        }
    }

    /** Sums of partial products, each over its own stretch of k. */
    private void splitInner(long matrix, long parts) {
        long m = sizes.m();
        long n = sizes.n();
        long k = sizes.k();
        try (var partial = Scratch.elements(dtype, parts, m * n)) {
            Workers.run((int) parts, part -> {
                Workers.check(caller);
                long start = k * part / parts;
                product(m, n, k * (part + 1) / parts - start, a, a.at(matrix, 0, start), b,
                        b.at(matrix, start, 0), partial.segment().asSlice(part * m * n * dtype.bytes()),
                        Math.toIntExact(n));
            });
            sum(partial.address(), parts, c.at(matrix, 0, 0).address(), m * n * (dtype.isComplex() ? 2 : 1));
        }
    }

    private void sum(long partial, long parts, long to, long count) {
        var real = dtype.isComplex() ? DType.F32 : dtype;
        for (long i = 0; i < count; i++) {
            double total = 0;
            for (long part = 0; part < parts; part++) {
                total += Elements.getDouble(real, partial + (part * count + i) * real.bytes());
            }
            Elements.putDouble(real, to + i * real.bytes(), total);
        }
    }

    private void product(long m, long n, long k, Matrices a, MemorySegment from, Matrices b,
            MemorySegment with, MemorySegment to, int lead) {
        if (n == 1) {
            vector(m, k, a, from, with, b.rowStep(), to, lead);
        } else if (m == 1) {
            vector(n, k, b.transposed(), with, from, a.columnStep(), to, 1);
        } else {
            gemm(m, n, k, a, from, b, with, to, lead);
        }
    }

    private void gemm(long m, long n, long k, Matrices a, MemorySegment from, Matrices b, MemorySegment with,
            MemorySegment to, int lead) {
        boolean rowsA = a.isRowMajor();
        boolean rowsB = b.isRowMajor();
        int leadA = rowsA ? a.lead() : a.transposed().lead();
        int leadB = rowsB ? b.lead() : b.transposed().lead();
        if (large) {
            OneDnnGemm.run(!rowsA, !rowsB, m, n, k, from, leadA, with, leadB, to, lead);
            return;
        }
        row(Blas.SGEMM, Blas.DGEMM, Blas.CGEMM).call(Blas.ROW_MAJOR, rowsA ? Blas.AS_IS : Blas.TRANSPOSED,
                rowsB ? Blas.AS_IS : Blas.TRANSPOSED, Math.toIntExact(m), Math.toIntExact(n),
                Math.toIntExact(k), one(), from, leadA, with, leadB, zero(), to, lead);
    }

    /** {@code y = a x}, where x has the given step in elements and y is {@code step} apart. */
    private void vector(long rows, long columns, Matrices a, MemorySegment from, MemorySegment x, long stepX,
            MemorySegment y, int stepY) {
        boolean plain = a.isRowMajor();
        row(Blas.SGEMV, Blas.DGEMV, Blas.CGEMV).call(Blas.ROW_MAJOR, plain ? Blas.AS_IS : Blas.TRANSPOSED,
                Math.toIntExact(plain ? rows : columns), Math.toIntExact(plain ? columns : rows), one(), from,
                plain ? a.lead() : a.transposed().lead(), x, columns == 1 ? 1 : Math.toIntExact(stepX),
                zero(), y, stepY);
    }

    private Blas row(Blas single, Blas twice, Blas complex) {
        return switch (dtype) {
            case F32 -> single;
            case F64 -> twice;
            default -> complex;
        };
    }

    private Object one() {
        return switch (dtype) {
            case F32 -> (Object) 1f;
            case F64 -> (Object) 1.0;
            default -> COMPLEX_ONE;
        };
    }

    private Object zero() {
        return switch (dtype) {
            case F32 -> (Object) 0f;
            case F64 -> (Object) 0.0;
            default -> COMPLEX_ZERO;
        };
    }
}

package tfl.backend.cpu;

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
    /** Multiplications that are worth a second thread. */
    private static final long GRAIN = 1 << 17;
    /** Rows or columns below which a block is mostly packing. */
    private static final long THICK = 256;
    private static final long SMALL_RESULT = 128 * 128;
    /**
     * Columns that many elements apart, or a multiple, begin in the same set of the first cache, where oneDNN packs
     * them at a fifth of its speed. Where they are packed for few rows, we turn them around first.
     */
    private static final int COLLIDING = 512;
    private static final long FEW_ROWS = 128;
    private static final long CACHED = 1 << 20;

    private final ProductSizes sizes;
    private final Matrices a;
    private final Matrices b;
    private final Matrices c;
    private final DType dtype;
    private final BlasCall call;
    private final int threads;
    private final Thread caller = Thread.currentThread();

    private BlasProduct(ProductSizes sizes, BlasCall call, Matrices a, Matrices b, Matrices c) {
        this.sizes = sizes;
        this.call = call;
        this.threads = Workers.count();
        this.a = a;
        this.b = b;
        this.c = c;
        this.dtype = call.dtype();
    }

    /** Writes the product into the row-major result; k is at least 1. */
    static void run(ProductSizes sizes, Tensor left, Tensor right, Tensor result) {
        if (result.size() == 0) {
            return;
        }
        var call = BlasCall.of(result.dtype(), sizes);
        var temporaries = new ArrayList<Tensor>();
        var a = usable(left, temporaries);
        var b = usable(right, temporaries);
        if (call.large() && packsSlowly(sizes, b)) {
            b = turned(right, temporaries);
        }
        var c = Matrices.of(result);
        if (isTall(sizes, a, b)) {
            new BlasProduct(sizes.tall(), call, a.stacked(), b, c.stacked()).run();
        } else {
            new BlasProduct(sizes, call, a, b, c).run();
        }
        temporaries.forEach(Tensor::discard);
    }

    private static boolean packsSlowly(ProductSizes sizes, Matrices b) {
        return sizes.batch() == 1 && sizes.m() > 1 && sizes.m() <= FEW_ROWS && b.isColumnMajor()
                && b.transposed().lead() % COLLIDING == 0 && b.tensor().size() <= CACHED;
    }

    private static Matrices turned(Tensor tensor, List<Tensor> temporaries) {
        var dense = Tensor.allocate(tensor.type());
        StridedCopy.run(tensor, dense);
        temporaries.add(dense);
        return Matrices.of(dense);
    }

    /** Whether one matrix multiplies many, whose rows then are those of one product. */
    static boolean isTall(ProductSizes sizes, Matrices a, Matrices b) {
        return sizes.batch() > 1 && b.batch().repeats() && a.isRowMajor() && a.stacked() instanceof Matrices tall
                && tall.isRowMajor();
    }

    /** Matrices as libraries take them; a copy where they lie otherwise. */
    static Matrices usable(Tensor tensor, List<Tensor> temporaries) {
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
        boolean byRows = isByRows(m, n, sizes.k());
        long cuts = Math.min(blocks, Math.max(parts, (byRows ? m : n) / THICK));
        long across = Math.clamp(blocks / cuts, 1, Math.max(1, (byRows ? n : m) / THICK));
        long rows = byRows ? cuts : across;
        long columns = byRows ? across : cuts;
        Workers.run(Math.toIntExact(rows * columns), part -> {
            Workers.check(caller);
            long row = part / columns;
            long column = part % columns;
            block(matrix, m * row / rows, m * (row + 1) / rows, n * column / columns, n * (column + 1) / columns);
        });
    }

    /**
     * Which way threads share a product. By rows all read and pack b, k × n elements. By columns all read a, and what
     * comes next, which goes by rows, finds half of the result in another thread's cache: m × (k + n) / 2 elements.
     */
    private static boolean isByRows(long m, long n, long k) {
        return m > n || 2 * k * n < m * (k + n);
    }

    private void block(long matrix, long top, long bottom, long left, long right) {
        if (top < bottom && left < right) {
            call.product(bottom - top, right - left, sizes.k(), a, a.at(matrix, top, 0), b, b.at(matrix, 0, left),
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
                call.product(m, n, k * (part + 1) / parts - start, a, a.at(matrix, 0, start), b,
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
}

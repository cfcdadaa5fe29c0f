package tfl.backend.cpu;

import tfl.tensor.DType;

/**
 * How a product is cut into panels that fit into a part of a second cache.
 *
 * @param groups of matrices
 * @param down panels of each matrix, where there is one in each group
 */
record Panels(ProductSizes sizes, long groups, long down) {
    /** Bytes of a panel. */
    private static final long BYTES = 512 << 10;
    /** Rows below which a library's packing of the right matrix counts. */
    private static final long FEWEST = 128;

    static Panels of(ProductSizes sizes, DType dtype) {
        long m = sizes.m();
        long n = sizes.n();
        long elements = BYTES / dtype.bytes();
        long height = Math.min(Math.max(elements / n, FEWEST), Math.max(1, Cost.LONGEST_CALL / (n * sizes.k())));
        if (height < m) {
            return new Panels(sizes, sizes.batch(), Math.min(m, even((m + height - 1) / height, sizes.batch())));
        }
        long together = Math.clamp(elements / (m * n), 1, sizes.batch());
        return new Panels(sizes, Math.min(sizes.batch(), even((sizes.batch() + together - 1) / together, 1)), 1);
    }

    /** A few more, so that no thread waits for the last panel of another; among many, one does not count. */
    private static long even(long count, long times) {
        long threads = Workers.count();
        return count * times > 8 * threads ? count : (count * times + threads - 1) / threads * threads / times;
    }

    int count() {
        return Math.toIntExact(groups * down);
    }

    Panel at(long index) {
        long row = index % down;
        long group = index / down;
        long first = sizes.batch() * group / groups;
        long top = sizes.m() * row / down;
        return new Panel(first, sizes.batch() * (group + 1) / groups, top, sizes.m() * (row + 1) / down,
                first * sizes.m() + top);
    }
}

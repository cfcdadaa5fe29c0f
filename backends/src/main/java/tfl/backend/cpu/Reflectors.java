package tfl.backend.cpu;

import java.lang.foreign.MemorySegment;
import tfl.tensor.DType;
import tfl.tensor.Elements;
import tfl.tensor.NativeMemory;

/**
 * An orthogonal matrix as LAPACK leaves it, a product of Householder reflectors {@code I - tau v v'}, made ready to be
 * applied by products of matrices: blocks of reflectors are {@code I - V T V'} (Schreiber and Van Loan, 1989). LAPACK's
 * own {@code ormtr} and {@code ormbr} do the same in blocks of 32, with triangular products, in which OpenBLAS reaches
 * a sixth of its speed.
 */
final class Reflectors implements AutoCloseable {
    private static final int BLOCK = 64;

    private final DType dtype;
    private final BlasCall product;
    private final int length;
    private final int count;
    private final int shift;
    private final Scratch vectors;
    /** {@code -T} of each block, its rows {@link #BLOCK} apart. */
    private final Scratch factors;

    /**
     * Reads reflectors of vectors with {@code length} elements, which lie one behind the other. The {@code i}-th has
     * zeros, a one at {@code i + shift} and behind it what lies there.
     */
    Reflectors(DType dtype, int length, int count, int shift, long matrix, long taus) {
        this.dtype = dtype;
        // OpenBLAS, which has its own threads for large matrices here.
        this.product = new BlasCall(dtype, false);
        this.length = length;
        this.count = count;
        this.shift = shift;
        this.vectors = Scratch.elements(dtype, Math.max(1, count), length);
        this.factors = Scratch.elements(dtype, Math.max(1, count), BLOCK);
        for (long i = 0; i < count; i++) {
            read(i, matrix);
        }
        for (int first = 0; first < count; first += BLOCK) {
            factor(first, Math.min(BLOCK, count - first), taus);
        }
    }

    private void read(long i, long matrix) {
        long bytes = dtype.bytes();
        long row = i * length * bytes;
        long one = (i + shift) * bytes;
        NativeMemory.segment(vectors.address() + row, one).fill((byte) 0);
        Elements.putDouble(dtype, vectors.address() + row + one, 1);
        long rest = one + bytes;
        NativeMemory.copy(matrix + row + rest, vectors.address() + row + rest, length * bytes - rest);
    }

    /** T is triangular: column i is {@code -tau} times what T has so far, times the vectors so far, times vector i. */
    private void factor(int first, int size, long taus) {
        long bytes = dtype.bytes();
        var products = products(first, size);
        var columns = new double[size][size];
        for (int i = 0; i < size; i++) {
            double tau = Elements.getDouble(dtype, taus + (first + i) * bytes);
            for (int l = 0; l < i; l++) {
                add(columns[i], -tau * products[i][l], columns[l], l);
            }
            columns[i][i] = tau;
        }
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < size; j++) {
                Elements.putDouble(dtype, factors.address() + ((long) (first + i) * BLOCK + j) * bytes,
                        -columns[j][i]);
            }
        }
    }

    private static void add(double[] to, double scale, double[] column, int last) {
        for (int j = 0; j <= last; j++) {
            to[j] += scale * column[j];
        }
    }

    /** The inner products of a block's vectors. */
    private double[][] products(int first, int size) {
        int from = first + shift;
        var all = new double[size][size];
        try (var gram = Scratch.elements(dtype, size, size)) {
            var block = vector(first, from);
            product.multiply(false, true, size, size, length - from, block, length, block,
                    length, false, gram.segment(), size);
            for (int i = 0; i < size; i++) {
                for (int j = 0; j < size; j++) {
                    all[i][j] = Elements.getDouble(dtype, gram.address() + ((long) i * size + j) * dtype.bytes());
                }
            }
        }
        return all;
    }

    private MemorySegment vector(long index, long from) {
        return MemorySegment.ofAddress(vectors.address() + (index * length + from) * dtype.bytes());
    }

    /** Multiplies each of these rows, which lie one behind the other, by the matrix: {@code row = Q row}. */
    void apply(long rows, long height) {
        long bytes = dtype.bytes();
        try (var inner = Scratch.elements(dtype, height, BLOCK); var scaled = Scratch.elements(dtype, height, BLOCK)) {
            for (int first = (count - 1) / BLOCK * BLOCK; first >= 0; first -= BLOCK) {
                int size = Math.min(BLOCK, count - first);
                int from = first + shift;
                long width = length - from;
                var block = vector(first, from);
                var part = MemorySegment.ofAddress(rows + from * bytes);
                var factor = MemorySegment.ofAddress(factors.address() + (long) first * BLOCK * bytes);
                product.multiply(false, true, height, size, width, part, length, block, length, false,
                        inner.segment(), BLOCK);
                product.multiply(false, true, height, size, size, inner.segment(), BLOCK, factor, BLOCK, false,
                        scaled.segment(), BLOCK);
                product.multiply(false, false, height, width, size, scaled.segment(), BLOCK, block, length, true, part,
                        length);
            }
        }
    }

    @Override
    public void close() {
        vectors.close();
        factors.close();
    }
}

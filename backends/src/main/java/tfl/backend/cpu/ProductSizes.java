package tfl.backend.cpu;

import java.util.List;
import tfl.tensor.Shape;
import tfl.tensor.TensorType;

/** The sizes of a batched matrix product {@code [batch..., m, k] x [batch..., k, n]}. */
record ProductSizes(long batch, long m, long n, long k) {
    /**
     * Sizes from the types of the operands and the result.
     *
     * @throws IllegalArgumentException if they do not fit together
     */
    static ProductSizes of(List<TensorType> inputs, List<TensorType> outputs) {
        var a = inputs.get(0).shape();
        var b = inputs.get(1).shape();
        var c = outputs.get(0).shape();
        int rank = c.rank();
        boolean fits = rank >= 2 && a.rank() == rank && b.rank() == rank
                && inputs.stream().allMatch(type -> type.dtype() == outputs.get(0).dtype());
        for (int axis = 0; fits && axis < rank - 2; axis++) {
            fits = a.dim(axis) == c.dim(axis) && b.dim(axis) == c.dim(axis);
        }
        if (!fits || a.dim(rank - 1) != b.dim(rank - 2) || a.dim(rank - 2) != c.dim(rank - 2)
                || b.dim(rank - 1) != c.dim(rank - 1)) {
            throw new IllegalArgumentException("no matrix product: " + inputs + " gives no " + outputs);
        }
        return new ProductSizes(batch(c), c.dim(rank - 2), c.dim(rank - 1), a.dim(rank - 1));
    }

    /** Sizes of a product of that type that sums over so many. */
    static ProductSizes of(TensorType product, long inner) {
        var shape = product.shape();
        return new ProductSizes(batch(shape), shape.dim(shape.rank() - 2), shape.dim(shape.rank() - 1), inner);
    }

    private static long batch(Shape shape) {
        long product = 1;
        for (int axis = 0; axis < shape.rank() - 2; axis++) {
            product *= shape.dim(axis);
        }
        return product;
    }

    /** The same rows, those of all matrices one below the other. */
    ProductSizes tall() {
        return new ProductSizes(1, batch * m, n, k);
    }

    /** How many multiplications it takes, at most {@link Long#MAX_VALUE}. */
    long work() {
        double exact = (double) batch * m * n * k;
        return exact > Long.MAX_VALUE ? Long.MAX_VALUE : (long) exact;
    }
}

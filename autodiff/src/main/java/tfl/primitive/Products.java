package tfl.primitive;

import tfl.tensor.Shape;

/** The product {@code @} with NumPy's rules, and what is composed of matrix primitives. */
public final class Products {
    private Products() {}

    /**
     * {@code x @ y}: vectors count as a row on the left and as a column on the right, batch axes broadcast.
     * Operands have one dtype already.
     *
     * @throws ShapeProblem if the inner sizes differ or an operand is a scalar
     */
    public static <V> V matmul(Ops<V> ops, V x, V y) {
        var a = Algebra.of(ops);
        if (a.rank(x) == 0 || a.rank(y) == 0) {
            throw new ShapeProblem("TFL-E0301", "{0} @ {1}: a scalar is no matrix", "multiply with *: {0} * {1}",
                    "left", "right");
        }
        MatMul.inner(a.shape(x), a.shape(y));
        var left = a.rank(x) == 1 ? a.row(x) : x;
        var right = a.rank(y) == 1 ? a.column(y) : y;
        var product = a.rank(right) == 2 && a.rank(left) > 2 ? tall(a, left, right) : batched(a, left, right);
        var dims = a.shape(product).dims();
        int from = a.rank(x) == 1 ? dims.length - 2 : -1;
        int last = a.rank(y) == 1 ? dims.length - 1 : -1;
        var kept = java.util.stream.IntStream.range(0, dims.length).filter(axis -> axis != from && axis != last)
                .mapToLong(axis -> dims[axis]).toArray();
        return a.reshape(product, Shape.of(kept));
    }

    // One matrix for the whole batch on the right: the batch becomes rows of one product, and so do its
    // gradients.
    private static <V> V tall(Algebra<V> a, V left, V right) {
        var dims = a.shape(left).dims();
        long columns = dims[dims.length - 1];
        long rows = a.shape(left).size() / Math.max(1, columns);
        if (columns == 0) {
            return batched(a, left, right);
        }
        var product = a.matmul(a.reshape(left, Shape.of(rows, columns)), right);
        dims[dims.length - 1] = a.shape(right).dim(1);
        return a.reshape(product, Shape.of(dims));
    }

    private static <V> V batched(Algebra<V> a, V left, V right) {
        var batch = Broadcasting.of(batch(a.shape(left)), batch(a.shape(right)));
        return a.matmul(a.broadcast(left, matrices(batch, a.shape(left))),
                a.broadcast(right, matrices(batch, a.shape(right))));
    }

    private static Shape batch(Shape shape) {
        return Shape.of(java.util.Arrays.copyOf(shape.dims(), shape.rank() - 2));
    }

    private static Shape matrices(Shape batch, Shape matrix) {
        var dims = java.util.Arrays.copyOf(batch.dims(), batch.rank() + 2);
        dims[batch.rank()] = matrix.dim(matrix.rank() - 2);
        dims[batch.rank() + 1] = matrix.dim(matrix.rank() - 1);
        return Shape.of(dims);
    }
}

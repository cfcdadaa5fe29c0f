package tfl.interpreter.builtin.tensor;

import java.util.Arrays;
import tfl.primitive.MatMul;
import tfl.primitive.ShapeProblem;
import tfl.tensor.DType;
import tfl.tensor.Shape;
import tfl.tensor.TensorValue;

/** Products that sum over axes, all by way of the batched matrix product. */
public final class Products {
    private Products() {}

    /** {@code a @ b}: batched, with NumPy's rules for vectors. */
    public static TensorValue matmul(Tensors ops, TensorValue a, TensorValue b) {
        var left = a.type().shape();
        var right = b.type().shape();
        if (left.rank() == 0 || right.rank() == 0) {
            throw new ShapeProblem("TFL-E0301",
                    "{0} @ {1}: a scalar is no matrix: {0} is " + a.type() + ", {1} is "
                    + b.type(), "multiply by a number with *", "x", "y");
        }
        if (left.rank() == 1 || right.rank() == 1) {
            return withVectors(ops, a, b);
        }
        requireInner(a, b);
        var dtype = dtype(a, b);
        long rows = left.dim(left.rank() - 2);
        long inner = left.dim(left.rank() - 1);
        long columns = right.dim(right.rank() - 1);
        // A batch of matrices times one matrix is one tall matrix times it.
        if (right.rank() == 2 && left.rank() > 2) {
            if (inner == 0) {
                return ops.full(dtype, with(left, columns), 0L);
            }
            var tall = ops.reshape(ops.cast(a, dtype), left.size() / inner, inner);
            return ops.reshape(ops.run(new MatMul(), tall, ops.cast(b, dtype)), with(left, columns).dims());
        }
        var batch = Broadcast.of(head(left), head(right));
        return ops.run(new MatMul(), ops.as(a, dtype, append(batch, rows, inner)),
                ops.as(b, dtype, append(batch, inner, columns)));
    }

    // Bools are no numbers to multiply, so they count as integers.
    private static DType dtype(TensorValue a, TensorValue b) {
        var dtype = Promotion.of(a.type().dtype(), b.type().dtype());
        return dtype == DType.BOOL ? DType.I64 : dtype;
    }

    private static void requireInner(TensorValue a, TensorValue b) {
        var left = a.type().shape();
        var right = b.type().shape();
        long columns = left.dim(left.rank() - 1);
        long rows = right.dim(Math.max(0, right.rank() - 2));
        if (columns != rows) {
            String fix = null;
            if (right.rank() >= 2 && right.dim(right.rank() - 1) == columns) {
                fix = "transpose {1}: {0} @ {1}.mT";
            } else if (left.rank() >= 2 && left.dim(left.rank() - 2) == rows) {
                fix = "transpose {0}: {0}.mT @ {1}";
            }
            throw new ShapeProblem("TFL-E0301", "{0} @ {1}: the inner dimensions differ: {0} has " + columns
                    + (left.rank() == 1 ? " elements" : " columns") + ", {1} has " + rows
                    + (right.rank() == 1 ? " elements" : " rows"), fix, "x", "y");
        }
    }

    private static TensorValue withVectors(Tensors ops, TensorValue a, TensorValue b) {
        requireInner(a, b);
        int leftRank = a.type().shape().rank();
        int rightRank = b.type().shape().rank();
        var row = leftRank == 1 ? ops.expand(a, 0) : a;
        var column = rightRank == 1 ? ops.expand(b, 1) : b;
        var product = matmul(ops, row, column);
        if (rightRank == 1) {
            product = ops.squeeze(product, product.type().shape().rank() - 1);
        }
        return leftRank == 1 ? ops.squeeze(product, product.type().shape().rank() - (rightRank == 1 ? 1 : 2))
                : product;
    }

    /** Sums the products of elements over pairs of axes; the other axes of a come first, then those of b. */
    public static TensorValue tensordot(Tensors ops, TensorValue a, TensorValue b, int[] leftAxes,
            int[] rightAxes) {
        var left = a.type().shape();
        var right = b.type().shape();
        for (int i = 0; i < leftAxes.length; i++) {
            if (left.dim(leftAxes[i]) != right.dim(rightAxes[i])) {
                throw new ShapeProblem("TFL-E0301", "axis " + leftAxes[i] + " of {0} has size "
                        + left.dim(leftAxes[i]) + ", axis " + rightAxes[i] + " of {1} has size "
                        + right.dim(rightAxes[i]), null, "x", "y");
            }
        }
        int[] leftFree = others(left.rank(), leftAxes);
        int[] rightFree = others(right.rank(), rightAxes);
        long inner = product(left, leftAxes);
        var rows = ops.reshape(ops.permute(a, join(leftFree, leftAxes)), product(left, leftFree), inner);
        var columns = ops.reshape(ops.permute(b, join(rightAxes, rightFree)), inner,
                product(right, rightFree));
        var dims = new long[leftFree.length + rightFree.length];
        for (int i = 0; i < dims.length; i++) {
            dims[i] = i < leftFree.length ? left.dim(leftFree[i]) : right.dim(rightFree[i - leftFree.length]);
        }
        return ops.reshape(matmul(ops, rows, columns), dims);
    }

    private static long product(Shape shape, int[] axes) {
        return Arrays.stream(axes).mapToLong(shape::dim).reduce(1, (x, y) -> x * y);
    }

    private static int[] others(int rank, int[] axes) {
        return Arrays.stream(Axes.all(rank)).filter(axis -> Arrays.stream(axes).noneMatch(a -> a == axis))
                .toArray();
    }

    private static int[] join(int[] first, int[] second) {
        var all = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        return all;
    }

    private static Shape head(Shape shape) {
        return Shape.of(Arrays.copyOf(shape.dims(), shape.rank() - 2));
    }

    private static Shape append(Shape batch, long rows, long columns) {
        var dims = Arrays.copyOf(batch.dims(), batch.rank() + 2);
        dims[batch.rank()] = rows;
        dims[batch.rank() + 1] = columns;
        return Shape.of(dims);
    }

    private static Shape with(Shape shape, long last) {
        var dims = shape.dims();
        dims[dims.length - 1] = last;
        return Shape.of(dims);
    }
}

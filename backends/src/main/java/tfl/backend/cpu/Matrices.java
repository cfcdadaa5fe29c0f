package tfl.backend.cpu;

import java.lang.foreign.MemorySegment;
import tfl.tensor.Tensor;

/** A tensor seen as a batch of matrices, with strides in elements. */
record Matrices(Tensor tensor, Axes batch, long rows, long columns, long rowStep, long columnStep) {
    static Matrices of(Tensor tensor) {
        int rank = tensor.rank();
        return new Matrices(tensor, Axes.leading(tensor, 2), tensor.shape().dim(rank - 2),
                tensor.shape().dim(rank - 1), tensor.stride(rank - 2), tensor.stride(rank - 1));
    }

    Matrices transposed() {
        return new Matrices(tensor, batch, columns, rows, columnStep, rowStep);
    }

    /** BLAS takes rows whose elements touch, a fixed distance apart. */
    boolean isRowMajor() {
        return (columns <= 1 || columnStep == 1)
                && (rows <= 1 || rowStep >= columns && rowStep <= Integer.MAX_VALUE);
    }

    /** Or the same for its columns. */
    boolean isColumnMajor() {
        return transposed().isRowMajor();
    }

    /** The distance of rows, where they are row-major. */
    int lead() {
        return Math.toIntExact(rows <= 1 ? Math.max(1, columns) : rowStep);
    }

    /** The memory from element (row, column) of one matrix on. */
    MemorySegment at(long matrix, long row, long column) {
        long place = batch.at(matrix) + row * rowStep + column * columnStep;
        return tensor.segment(place);
    }

    /** The same as a batch of one, if all rows of all matrices lie at one distance; else null. */
    Matrices stacked() {
        if (!batch.isUniform(rows * rowStep)) {
            return null;
        }
        var one = new Axes(new long[0], new long[0], tensor.offset());
        return new Matrices(tensor, one, batch.count() * rows, columns, rowStep, columnStep);
    }
}

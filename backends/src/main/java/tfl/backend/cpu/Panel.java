package tfl.backend.cpu;

/**
 * Some rows of one matrix of a product, or all rows of some matrices.
 *
 * @param firstRow the first of its rows, all matrices one below the other
 */
record Panel(long firstMatrix, long lastMatrix, long top, long bottom, long firstRow) {
    /** The rows in each matrix. */
    long height() {
        return bottom - top;
    }

    /** The rows in all matrices. */
    long rows() {
        return height() * (lastMatrix - firstMatrix);
    }
}

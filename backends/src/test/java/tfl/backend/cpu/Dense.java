package tfl.backend.cpu;

import tfl.tensor.Tensor;

/** A batch of matrices in plain arrays, with the few operations that tests multiply factors out with. */
record Dense(int batch, int rows, int columns, double[] values) {
    static Dense of(Tensor tensor, long batch, long rows, long columns) {
        return new Dense((int) batch, (int) rows, (int) columns, tensor.toDoubles());
    }

    static Dense identity(long batch, long n) {
        return new Dense((int) batch, (int) n, (int) n, new double[(int) (batch * n * n)])
                .map((i, j, x) -> i == j ? 1 : 0);
    }

    interface Rule {
        double at(int row, int column, double value);
    }

    Dense map(Rule rule) {
        return fill(rows, columns, (q, i, j) -> rule.at(i, j, at(q, i, j)));
    }

    Dense rows(long count) {
        return fill((int) count, columns, this::at);
    }

    Dense columns(long count) {
        return fill(rows, (int) count, this::at);
    }

    Dense transposed() {
        return fill(columns, rows, (q, i, j) -> at(q, j, i));
    }

    /** Each column times its factor; one for each column of each matrix. */
    Dense scaled(double[] factors) {
        return fill(rows, columns, (q, i, j) -> at(q, i, j) * factors[q * columns + j]);
    }

    Dense times(Dense other) {
        return fill(rows, other.columns, (q, i, j) -> {
            double sum = 0;
            for (int k = 0; k < columns; k++) {
                sum += at(q, i, k) * other.at(q, k, j);
            }
            return sum;
        });
    }

    private double at(int matrix, int row, int column) {
        return values[(matrix * rows + row) * columns + column];
    }

    private interface Element {
        double at(int matrix, int row, int column);
    }

    private Dense fill(int rows, int columns, Element element) {
        var filled = new double[batch * rows * columns];
        for (int at = 0; at < filled.length; at++) {
            filled[at] = element.at(at / (rows * columns), at / columns % rows, at % columns);
        }
        return new Dense(batch, rows, columns, filled);
    }
}

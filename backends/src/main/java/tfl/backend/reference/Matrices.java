package tfl.backend.reference;

import java.util.function.Function;
import tfl.tensor.Tensor;

/** Matrices as rows of doubles, and the walk over the batch axes of tensors that hold them. */
final class Matrices {
    private Matrices() {}

    /** Applies a function to each matrix of the batch; a result of one axis comes as one row. */
    static void each(Tensor[] inputs, Tensor[] outputs, Function<double[][][], double[][][]> function) {
        long batches = batches(inputs[0]);
        for (long batch = 0; batch < batches; batch++) {
            var matrices = new double[inputs.length][][];
            for (int i = 0; i < inputs.length; i++) {
                matrices[i] = read(inputs[i], batch);
            }
            var results = function.apply(matrices);
            for (int i = 0; i < outputs.length; i++) {
                write(results[i], outputs[i], outputs[i].size() / batches * batch);
            }
        }
    }

    static long batches(Tensor tensor) {
        long batches = 1;
        for (int axis = 0; axis < tensor.rank() - 2; axis++) {
            batches *= tensor.dim(axis);
        }
        return batches;
    }

    static double[][] read(Tensor tensor, long batch) {
        int rows = (int) tensor.dim(tensor.rank() - 2);
        int columns = (int) tensor.dim(tensor.rank() - 1);
        var matrix = new double[rows][columns];
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                matrix[i][j] = tensor.readDouble((batch * rows + i) * columns + j);
            }
        }
        return matrix;
    }

    private static void write(double[][] matrix, Tensor tensor, long start) {
        long position = start;
        for (var row : matrix) {
            for (double value : row) {
                Scalars.write(tensor.dtype(), tensor.address(position++), value);
            }
        }
    }

    static double[][] identity(int n) {
        var matrix = new double[n][n];
        for (int i = 0; i < n; i++) {
            matrix[i][i] = 1;
        }
        return matrix;
    }

    static double[][] transpose(double[][] a, int columns) {
        var result = new double[columns][a.length];
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < columns; j++) {
                result[j][i] = a[i][j];
            }
        }
        return result;
    }

    /** The first rows and columns. */
    static double[][] corner(double[][] a, int rows, int columns) {
        var result = new double[rows][columns];
        for (int i = 0; i < rows; i++) {
            System.arraycopy(a[i], 0, result[i], 0, columns);
        }
        return result;
    }
}

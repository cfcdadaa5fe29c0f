package tfl.backend.reference;

import java.util.Arrays;
import java.util.function.Function;
import tfl.tensor.Tensor;

/** What {@link Matrices} is for real matrices, for complex ones. */
final class ComplexMatrices {
    private ComplexMatrices() {}

    /** Applies a function to each matrix of the batch; of what goes into a real result the real parts count. */
    static void each(Tensor[] inputs, Tensor[] outputs, Function<Complex[][][], Complex[][][]> function) {
        long batches = Matrices.batches(inputs[0]);
        for (long batch = 0; batch < batches; batch++) {
            var matrices = new Complex[inputs.length][][];
            for (int i = 0; i < inputs.length; i++) {
                matrices[i] = read(inputs[i], batch);
            }
            var results = function.apply(matrices);
            for (int i = 0; i < outputs.length; i++) {
                write(results[i], outputs[i], outputs[i].size() / batches * batch);
            }
        }
    }

    /** One matrix of a batch, of a real tensor too. */
    static Complex[][] read(Tensor tensor, long batch) {
        int rows = (int) tensor.dim(tensor.rank() - 2);
        int columns = (int) tensor.dim(tensor.rank() - 1);
        var matrix = new Complex[rows][columns];
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                long position = (batch * rows + i) * columns + j;
                matrix[i][j] = new Complex(tensor.readDouble(position), tensor.readImaginary(position));
            }
        }
        return matrix;
    }

    private static void write(Complex[][] matrix, Tensor tensor, long start) {
        boolean complex = tensor.dtype().isComplex();
        long position = start;
        for (var row : matrix) {
            for (var value : row) {
                Scalars.write(tensor.dtype(), tensor.address(position++), complex ? value : (Object) value.re());
            }
        }
    }

    /** One row of real numbers, as results hold singular values. */
    static Complex[][] row(double[] values) {
        return new Complex[][] {Arrays.stream(values).mapToObj(x -> new Complex(x, 0)).toArray(Complex[]::new)};
    }

    static Complex[][] identity(int n) {
        var matrix = zeros(n, n);
        for (int i = 0; i < n; i++) {
            matrix[i][i] = Complex.ONE;
        }
        return matrix;
    }

    static Complex[][] zeros(int rows, int columns) {
        var matrix = new Complex[rows][columns];
        for (var row : matrix) {
            Arrays.fill(row, Complex.ZERO);
        }
        return matrix;
    }

    static Complex[][] transpose(Complex[][] a, int columns) {
        var result = new Complex[columns][a.length];
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < columns; j++) {
                result[j][i] = a[i][j];
            }
        }
        return result;
    }

    static Complex[][] conjugate(Complex[][] a) {
        return Arrays.stream(a).map(row -> Arrays.stream(row).map(Complex::conjugate).toArray(Complex[]::new))
                .toArray(Complex[][]::new);
    }

    static Complex[][] adjoint(Complex[][] a, int columns) {
        return conjugate(transpose(a, columns));
    }

    /** The first rows and columns. */
    static Complex[][] corner(Complex[][] a, int rows, int columns) {
        return Arrays.stream(a).limit(rows).map(row -> Arrays.copyOf(row, columns)).toArray(Complex[][]::new);
    }

    /** {@code xᴴ y}. */
    static Complex dot(Complex[] x, Complex[] y) {
        var sum = Complex.ZERO;
        for (int i = 0; i < x.length; i++) {
            sum = sum.plus(x[i].conjugate().times(y[i]));
        }
        return sum;
    }

    static double norm(Complex[] x) {
        return Math.sqrt(dot(x, x).re());
    }

    static Complex[] scaled(Complex[] x, Complex factor) {
        return Arrays.stream(x).map(factor::times).toArray(Complex[]::new);
    }

    /** Adds a multiple of {@code x} to {@code y}. */
    static void add(Complex[] y, Complex factor, Complex[] x) {
        Arrays.setAll(y, i -> y[i].plus(factor.times(x[i])));
    }

    /** A real rotation of two rows, as {@link Orthogonal#rotate}. */
    static void rotate(Complex[] x, Complex[] y, double cosine, double sine) {
        for (int i = 0; i < x.length; i++) {
            var before = x[i];
            x[i] = before.times(cosine).minus(y[i].times(sine));
            y[i] = before.times(sine).plus(y[i].times(cosine));
        }
    }
}

package tfl.backend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import tfl.backend.FactorCases.Row;
import tfl.kernel.Kernel;
import tfl.kernel.Routine;
import tfl.kernel.RoutineFailure;
import tfl.tensor.DType;
import tfl.tensor.Shape;
import tfl.tensor.Tensor;
import tfl.tensor.TensorType;

/** {@link FactorCases} of complex matrices, where a conjugate at the wrong place shows. */
final class ComplexFactorCases {
    private static final double TOLERANCE = 4e-3;

    private ComplexFactorCases() {}

    static Stream<Row> all() {
        var rows = new ArrayList<Row>();
        for (var layout : List.of("dense", "transposed", "stepped")) {
            for (long n : new long[] {0, 1, 5, 33}) {
                var a = strong(Values.laid(layout, DType.C64, 1, 2, n, n));
                rows.add(row("solve " + n, layout, b -> solve(b, a, Values.laid(layout, DType.C64, 2, 2, n, 3))));
                rows.add(row("cholesky " + n, layout, b -> cholesky(b, a)));
                rows.add(row("eigh " + n, layout, b -> hermitian(b, Values.laid(layout, DType.C64, 1, 2, n, n))));
                rows.add(row("eig " + n, layout, b -> general(b, Values.laid(layout, DType.C64, 1, 2, n, n))));
            }
            for (long[] size : new long[][] {{5, 5}, {7, 4}, {4, 7}, {1, 1}, {0, 3}, {3, 0}, {1, 4}, {30, 20}}) {
                var a = Values.laid(layout, DType.C64, 3, 2, size[0], size[1]);
                var name = size[0] + " " + size[1];
                rows.add(row("lu " + name, layout, b -> lu(b, a)));
                for (boolean whole : new boolean[] {false, true}) {
                    rows.add(row("qr " + name + " " + whole, layout, b -> qr(b, a, whole)));
                    rows.add(row("svd " + name + " " + whole, layout, b -> svd(b, a, whole)));
                }
            }
        }
        for (int flags = 0; flags < 8; flags++) {
            var routine = new Routine.TriangularSolve(DType.C64, (flags & 1) != 0, (flags & 2) != 0, (flags & 4) != 0);
            rows.add(new Row(routine.toString(), b -> triangular(b, routine)));
        }
        rows.add(new Row("singular c64", ComplexFactorCases::singular));
        rows.add(new Row("imaginary diagonal c64", ComplexFactorCases::imaginaryDiagonal));
        rows.add(new Row("rank one svd c64", b -> svd(b, product(Values.random(DType.C64, 1, 2, 5, 1),
                Values.random(DType.C64, 2, 2, 1, 4)), true)));
        return rows.stream();
    }

    private static Row row(String name, String layout, FactorCases.Check check) {
        return new Row(name + " c64 " + layout, check);
    }

    /** What becomes of an element of a matrix: a pair of parts. */
    private interface Rule {
        double[] at(long row, long column, double re, double im);
    }

    private static Tensor map(Tensor a, Rule rule) {
        long n = a.dim(2);
        var pairs = new float[2 * (int) a.size()];
        for (int i = 0; i < a.size(); i++) {
            var pair = rule.at(i / n % a.dim(1), i % n, a.readDouble(i), a.readImaginary(i));
            pairs[2 * i] = (float) pair[0];
            pairs[2 * i + 1] = (float) pair[1];
        }
        return Tensor.ofComplex(pairs, a.shape().dims());
    }

    private static Tensor adjoint(Tensor a) {
        return map(a, (i, j, re, im) -> new double[] {re, -im}).permute(0, 2, 1);
    }

    /** A part of each matrix, with ones on the diagonal where asked. */
    private static Tensor triangle(Tensor a, boolean lower, boolean unit) {
        return map(a, (i, j, re, im) -> i == j ? new double[] {unit ? 1 : re, unit ? 0 : im}
                : i > j == lower ? new double[] {re, im} : new double[2]);
    }

    private static Tensor strong(Tensor a) {
        return map(a, (i, j, re, im) -> new double[] {i == j ? re + 8 : re, im});
    }

    private static Tensor product(Tensor a, Tensor b) {
        return BackendContract.reference(Case.exact("product", new Kernel.Contract(DType.C64), List.of(a, b),
                type(DType.C64, a.dim(0), a.dim(1), b.dim(2))))[0];
    }

    private static TensorType type(DType dtype, long... dims) {
        return new TensorType(dtype, Shape.of(dims));
    }

    private static Tensor[] call(Backend backend, Routine routine, List<Tensor> inputs, TensorType... outputs) {
        return backend.compile(new Kernel.LibraryCall(routine), inputs.stream().map(Tensor::type).toList(),
                List.of(outputs)).run(inputs.toArray(Tensor[]::new), 0);
    }

    private static void same(Tensor expected, Tensor actual) {
        double largest = 1;
        for (long i = 0; i < expected.size(); i++) {
            largest = Math.max(largest, Math.abs(expected.readDouble(i)));
        }
        Comparison.assertClose(expected, actual, 0, TOLERANCE * largest);
    }

    /** Whether the columns are orthogonal unit vectors. */
    private static void unitary(Tensor q) {
        var gram = product(adjoint(q), q);
        same(map(gram, (i, j, re, im) -> new double[] {i == j ? 1 : 0, 0}), gram);
    }

    /** Columns multiplied by real factors. */
    private static Tensor scaled(Tensor a, Tensor factors) {
        long n = a.dim(2);
        var all = factors.expand(1).broadcastTo(a.shape());
        var pairs = new float[2 * (int) a.size()];
        for (int i = 0; i < a.size() && n > 0; i++) {
            pairs[2 * i] = (float) (a.readDouble(i) * all.readDouble(i));
            pairs[2 * i + 1] = (float) (a.readImaginary(i) * all.readDouble(i));
        }
        return Tensor.ofComplex(pairs, a.shape().dims());
    }

    private static void solve(Backend backend, Tensor a, Tensor b) {
        same(b, product(a, call(backend, new Routine.Solve(DType.C64), List.of(a, b), b.type())[0]));
    }

    private static void triangular(Backend backend, Routine.TriangularSolve routine) {
        var a = strong(Values.random(DType.C64, 3, 2, 5, 5));
        var b = Values.random(DType.C64, 4, 2, 5, 3);
        var x = call(backend, routine, List.of(a, b), b.type())[0];
        var used = triangle(a, routine.lower(), routine.unitDiagonal());
        same(b, product(routine.transposed() ? used.permute(0, 2, 1) : used, x));
    }

    private static void lu(Backend backend, Tensor a) {
        long k = Math.min(a.dim(1), a.dim(2));
        var results = call(backend, new Routine.Lu(DType.C64), List.of(a), a.type(), type(DType.I32, a.dim(0), k));
        var swapped = map(a, (i, j, re, im) -> new double[] {re, im});
        for (long batch = 0; batch < a.dim(0); batch++) {
            for (long i = 0; i < k; i++) {
                swapped = swapped(swapped, batch, i, results[1].readLong(batch * k + i));
            }
        }
        var lower = triangle(results[0].slice(2, 0, 1, k), true, true);
        same(swapped, product(lower, triangle(results[0].slice(1, 0, 1, k), false, false)));
    }

    private static Tensor swapped(Tensor a, long batch, long x, long y) {
        long n = a.dim(2);
        var pairs = new float[2 * (int) a.size()];
        for (int i = 0; i < a.size(); i++) {
            long row = i / n % a.dim(1);
            long other = i / n / a.dim(1) != batch ? row : row == x ? y : row == y ? x : row;
            pairs[2 * i] = (float) a.readDouble(i + (other - row) * n);
            pairs[2 * i + 1] = (float) a.readImaginary(i + (other - row) * n);
        }
        return Tensor.ofComplex(pairs, a.shape().dims());
    }

    private static void cholesky(Backend backend, Tensor a) {
        var positive = strong(product(a, adjoint(a)));
        var lower = call(backend, new Routine.Cholesky(DType.C64), List.of(positive), a.type())[0];
        assertExactly(lower, triangle(lower, true, false));
        same(positive, product(lower, adjoint(lower)));
    }

    private static void assertExactly(Tensor expected, Tensor actual) {
        Comparison.assertClose(expected, actual, 0, 0);
    }

    private static void hermitian(Backend backend, Tensor a) {
        long n = a.dim(1);
        var results = call(backend, new Routine.EighSymmetric(DType.C64), List.of(a), type(DType.F32, 2, n), a.type());
        unitary(results[1]);
        var across = adjoint(a);
        // What stands above the diagonal is not read, nor the imaginary parts on it.
        var used = map(a, (i, j, re, im) -> i < j ? new double[2] : new double[] {re, i == j ? 0 : im});
        var pairs = new float[2 * (int) a.size()];
        for (int i = 0; i < a.size(); i++) {
            boolean above = i / n % n < i % n;
            pairs[2 * i] = (float) (above ? across : used).readDouble(i);
            pairs[2 * i + 1] = (float) (above ? across : used).readImaginary(i);
        }
        same(Tensor.ofComplex(pairs, 2, n, n), product(scaled(results[1], results[0]), adjoint(results[1])));
        for (long i = 1; i < results[0].size(); i++) {
            assertTrue(i % n == 0 || results[0].readDouble(i) >= results[0].readDouble(i - 1), "ascending");
        }
    }

    private static void general(Backend backend, Tensor a) {
        long n = a.dim(1);
        var results = call(backend, new Routine.EigGeneral(DType.C64), List.of(a), type(DType.C64, 2, n), a.type());
        var diagonal = new float[2 * (int) a.size()];
        for (int i = 0; i < results[0].size(); i++) {
            diagonal[2 * (int) (i * n + i % n)] = (float) results[0].readDouble(i);
            diagonal[2 * (int) (i * n + i % n) + 1] = (float) results[0].readImaginary(i);
        }
        same(product(a, results[1]), product(results[1], Tensor.ofComplex(diagonal, 2, n, n)));
        var lengths = product(adjoint(results[1]), results[1]);
        for (long i = 0; i < results[0].size(); i++) {
            assertEquals(1, lengths.readDouble(i * n + i % n), TOLERANCE);
        }
    }

    private static void qr(Backend backend, Tensor a, boolean complete) {
        long m = a.dim(1);
        long k = complete ? m : Math.min(m, a.dim(2));
        var results = call(backend, new Routine.Qr(DType.C64, complete), List.of(a), type(DType.C64, 2, m, k),
                type(DType.C64, 2, k, a.dim(2)));
        unitary(results[0]);
        var upper = map(triangle(results[1], false, false), (i, j, re, im) -> new double[] {re, i == j ? 0 : im});
        assertExactly(upper, results[1]);
        same(a, product(results[0], results[1]));
    }

    private static void svd(Backend backend, Tensor a, boolean full) {
        long m = a.dim(1);
        long n = a.dim(2);
        long k = Math.min(m, n);
        var results = call(backend, new Routine.Svd(DType.C64, full), List.of(a), type(DType.C64, 2, m, full ? m : k),
                type(DType.F32, 2, k), type(DType.C64, 2, full ? n : k, n));
        unitary(results[0]);
        unitary(adjoint(results[2]));
        var left = scaled(results[0].slice(2, 0, 1, k), results[1]);
        same(a, product(left, results[2].slice(1, 0, 1, k)));
    }

    private static void singular(Backend backend) {
        var zero = Tensor.ofComplex(new float[16], 2, 2, 2);
        var b = Values.random(DType.C64, 1, 2, 2, 1);
        var triangular = new Routine.TriangularSolve(DType.C64, true, false, false);
        assertThrows(RoutineFailure.class,
                () -> call(backend, new Routine.Solve(DType.C64), List.of(zero, b), b.type()));
        assertThrows(RoutineFailure.class,
                () -> call(backend, new Routine.Cholesky(DType.C64), List.of(zero), zero.type()));
        assertThrows(RoutineFailure.class, () -> call(backend, triangular, List.of(zero, b), b.type()));
    }

    /** A diagonal without real parts is not a zero one. */
    private static void imaginaryDiagonal(Backend backend) {
        var a = Tensor.ofComplex(new float[] {0, 2, 0, 0, 1, 1, 0, -3}, 1, 2, 2);
        var b = Values.random(DType.C64, 1, 1, 2, 2);
        solve(backend, a, b);
        var triangular = new Routine.TriangularSolve(DType.C64, true, false, false);
        same(b, product(a, call(backend, triangular, List.of(a, b), b.type())[0]));
    }
}

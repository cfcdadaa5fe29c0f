package tfl.backend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import tfl.kernel.BinaryOp;
import tfl.kernel.Kernel;
import tfl.kernel.Routine;
import tfl.kernel.RoutineFailure;
import tfl.kernel.ScalarExpr.Binary;
import tfl.kernel.ScalarExpr.Cast;
import tfl.kernel.ScalarExpr.Input;
import tfl.tensor.DType;
import tfl.tensor.Shape;
import tfl.tensor.Tensor;
import tfl.tensor.TensorType;

/** Factors of matrices, which are unique only up to signs and order: their products must give the matrix back. */
final class FactorCases {
    private FactorCases() {}

    /** One factorisation and its check. */
    record Row(String name, Check check) {
        void check(Backend backend) {
            check.on(backend);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /** Runs and asserts. */
    interface Check {
        void on(Backend backend);
    }

    static Stream<Row> all() {
        var rows = new ArrayList<Row>();
        for (var dtype : List.of(DType.F32, DType.F64)) {
            for (var layout : List.of("dense", "transposed", "stepped")) {
                rows.add(row("solve", dtype, layout, b -> solve(b, Values.laid(layout, dtype, 1, 2, 5, 5),
                        Values.laid(layout, dtype, 2, 2, 5, 3))));
                rows.add(row("lu", dtype, layout, b -> lu(b, Values.laid(layout, dtype, 1, 3, 5, 5))));
                rows.add(row("lu wide", dtype, layout, b -> lu(b, Values.laid(layout, dtype, 1, 2, 4, 6))));
                rows.add(row("lu tall", dtype, layout, b -> lu(b, Values.laid(layout, dtype, 1, 2, 6, 4))));
                rows.add(row("cholesky", dtype, layout, b -> cholesky(b, Values.laid(layout, dtype, 1, 2, 5, 5))));
                rows.add(row("eigh", dtype, layout, b -> symmetric(b, Values.laid(layout, dtype, 1, 2, 6, 6))));
                rows.add(row("eig", dtype, layout, b -> general(b, Values.laid(layout, dtype, 1, 2, 6, 6))));
                for (long[] size : new long[][] {{5, 5}, {7, 4}, {4, 7}, {1, 1}, {0, 3}, {3, 0}}) {
                    for (boolean whole : new boolean[] {false, true}) {
                        var dims = new long[] {2, size[0], size[1]};
                        rows.add(row("qr " + size[0] + " " + size[1] + " " + whole, dtype, layout,
                                b -> qr(b, Values.laid(layout, dtype, 1, dims), whole)));
                        rows.add(row("svd " + size[0] + " " + size[1] + " " + whole, dtype, layout,
                                b -> svd(b, Values.laid(layout, dtype, 1, dims), whole)));
                    }
                }
            }
            for (int flags = 0; flags < 8; flags++) {
                var routine = new Routine.TriangularSolve(dtype, (flags & 1) != 0, (flags & 2) != 0, (flags & 4) != 0);
                rows.add(new Row(routine.toString(), b -> triangular(b, routine)));
            }
            rows.add(new Row("singular " + dtype, b -> singular(b, dtype)));
            rows.add(new Row("rank one svd " + dtype, b -> svd(b, rankOne(dtype), true)));
        }
        return Stream.concat(rows.stream(), ComplexFactorCases.all());
    }

    private static Row row(String name, DType dtype, String layout, Check check) {
        return new Row(name + " " + dtype + " " + layout, check);
    }

    private static Tensor[] call(Backend backend, Routine routine, List<Tensor> inputs, TensorType... outputs) {
        var executable = backend.compile(new Kernel.LibraryCall(routine), inputs.stream().map(Tensor::type).toList(),
                List.of(outputs));
        return executable.run(inputs.toArray(Tensor[]::new), 0);
    }

    private static TensorType type(DType dtype, long... dims) {
        return new TensorType(dtype, Shape.of(dims));
    }

    private static double tolerance(DType dtype) {
        return dtype == DType.F64 ? 1e-11 : 2e-3;
    }

    private static Tensor product(Tensor a, Tensor b) {
        var dims = a.shape().dims();
        dims[dims.length - 1] = b.dim(b.rank() - 1);
        return BackendContract.reference(Case.exact("product", new Kernel.Contract(a.dtype()), List.of(a, b),
                type(a.dtype(), dims)))[0];
    }

    private static Tensor transposed(Tensor a) {
        return a.permute(0, 2, 1);
    }

    private static void same(Tensor expected, Tensor actual) {
        Comparison.assertClose(expected, actual, 0, tolerance(expected.dtype()));
    }

    /** Whether the columns are orthogonal unit vectors. */
    private static void orthogonal(Tensor q) {
        var gram = product(transposed(q), q);
        for (long i = 0; i < gram.size(); i++) {
            long n = gram.dim(2);
            assertEquals(i / n % n == i % n ? 1 : 0, gram.readDouble(i), tolerance(q.dtype()));
        }
    }

    private static void solve(Backend backend, Tensor a, Tensor b) {
        same(b, product(a, call(backend, new Routine.Solve(a.dtype()), List.of(a, b), b.type())[0]));
    }

    /** A part of each matrix: elements for which the rule holds, with ones on the diagonal where asked. */
    private static Tensor triangle(Tensor a, boolean lower, boolean unit) {
        long n = a.dim(2);
        var values = a.toDoubles();
        for (int i = 0; i < values.length; i++) {
            long row = i / n % a.dim(1);
            long column = i % n;
            values[i] = row == column ? unit ? 1 : values[i] : row > column == lower ? values[i] : 0;
        }
        return Tensor.of(a.dtype(), values, a.shape().dims());
    }

    private static void lu(Backend backend, Tensor a) {
        long m = a.dim(1);
        long n = a.dim(2);
        long k = Math.min(m, n);
        var results = call(backend, new Routine.Lu(a.dtype()), List.of(a), a.type(), type(DType.I32, a.dim(0), k));
        var lower = triangle(results[0].slice(2, 0, 1, k), true, true);
        var upper = triangle(results[0].slice(1, 0, 1, k), false, false);
        var permuted = a.toDoubles();
        for (int batch = 0; batch < a.dim(0); batch++) {
            for (int i = 0; i < k; i++) {
                int other = (int) results[1].readLong(batch * k + i);
                for (int j = 0; j < n; j++) {
                    int from = (int) ((batch * m + i) * n + j);
                    int to = (int) ((batch * m + other) * n + j);
                    double before = permuted[from];
                    permuted[from] = permuted[to];
                    permuted[to] = before;
                }
            }
        }
        same(Tensor.of(a.dtype(), permuted, a.shape().dims()), product(lower, upper));
    }

    private static void cholesky(Backend backend, Tensor a) {
        var values = product(a, transposed(a)).toDoubles();
        for (int i = 0; i < values.length; i++) {
            values[i] += i / 5 % 5 == i % 5 ? 1 : 0;
        }
        var positive = Tensor.of(a.dtype(), values, a.shape().dims());
        var lower = call(backend, new Routine.Cholesky(a.dtype()), List.of(positive), a.type())[0];
        same(lower, triangle(lower, true, false));
        same(positive, product(lower, transposed(lower)));
    }

    private static void symmetric(Backend backend, Tensor a) {
        var results = call(backend, new Routine.EighSymmetric(a.dtype()), List.of(a), type(a.dtype(), 2, 6), a.type());
        orthogonal(results[1]);
        var symmetric = a.toDoubles();
        for (int i = 0; i < symmetric.length; i++) {
            int row = i / 6 % 6;
            int column = i % 6;
            symmetric[i] = row < column ? a.readDouble(i / 36 * 36 + column * 6 + row) : symmetric[i];
        }
        same(Tensor.of(a.dtype(), symmetric, 2, 6, 6), product(scaled(results[1], results[0]), transposed(results[1])));
        for (long i = 1; i < 6; i++) {
            assertEquals(1, Double.compare(results[0].readDouble(i), results[0].readDouble(i - 1)), "ascending");
        }
    }

    /** Columns multiplied by factors. */
    private static Tensor scaled(Tensor a, Tensor factors) {
        var values = a.toDoubles();
        long m = a.dim(1);
        long n = a.dim(2);
        for (int i = 0; i < values.length; i++) {
            values[i] *= factors.readDouble(i / (m * n) * n + i % n);
        }
        return Tensor.of(a.dtype(), values, a.shape().dims());
    }

    private static void general(Backend backend, Tensor a) {
        var results = call(backend, new Routine.EigGeneral(a.dtype()), List.of(a), type(DType.C64, 2, 6),
                type(DType.C64, 2, 6, 6));
        var complex = BackendContract.reference(LoopCases.loop("", new Cast(DType.C64,
                new Input(0, a.dtype())), 0, 0, a))[0];
        var left = product(complex, results[1]);
        var factors = results[0].expand(1).broadcastTo(left.shape());
        var times = new Binary(BinaryOp.MUL,
                new Input(0, DType.C64), new Input(1, DType.C64));
        same(left, BackendContract.reference(LoopCases.loop("", times, 0, 0, results[1], factors))[0]);
    }

    private static void qr(Backend backend, Tensor a, boolean complete) {
        long m = a.dim(1);
        long k = complete ? m : Math.min(m, a.dim(2));
        var results = call(backend, new Routine.Qr(a.dtype(), complete), List.of(a), type(a.dtype(), 2, m, k),
                type(a.dtype(), 2, k, a.dim(2)));
        orthogonal(results[0]);
        same(results[1], triangle(results[1], false, false));
        same(a, product(results[0], results[1]));
    }

    private static void svd(Backend backend, Tensor a, boolean full) {
        long m = a.dim(1);
        long n = a.dim(2);
        long k = Math.min(m, n);
        var results = call(backend, new Routine.Svd(a.dtype(), full), List.of(a), type(a.dtype(), 2, m, full ? m : k),
                type(a.dtype(), 2, k), type(a.dtype(), 2, full ? n : k, n));
        orthogonal(results[0]);
        orthogonal(transposed(results[2]));
        var left = scaled(results[0].slice(2, 0, 1, k), results[1]);
        same(a, product(left, results[2].slice(1, 0, 1, k)));
    }

    private static Tensor rankOne(DType dtype) {
        return product(Values.random(dtype, 1, 2, 5, 1), Values.random(dtype, 2, 2, 1, 4));
    }

    private static void triangular(Backend backend, Routine.TriangularSolve routine) {
        var a = Values.random(routine.dtype(), 3, 2, 5, 5);
        var b = Values.random(routine.dtype(), 4, 2, 5, 3);
        var x = call(backend, routine, List.of(a, b), b.type())[0];
        var used = triangle(a, routine.lower(), routine.unitDiagonal());
        same(b, product(routine.transposed() ? transposed(used) : used, x));
    }

    private static void singular(Backend backend, DType dtype) {
        var zero = Tensor.of(dtype, new double[8], 2, 2, 2);
        var b = Values.random(dtype, 1, 2, 2, 1);
        assertThrows(RoutineFailure.class, () -> call(backend, new Routine.Solve(dtype), List.of(zero, b), b.type()));
        assertThrows(RoutineFailure.class, () -> call(backend, new Routine.Cholesky(dtype), List.of(zero),
                zero.type()));
        var triangular = new Routine.TriangularSolve(dtype, true, false, false);
        assertThrows(RoutineFailure.class, () -> call(backend, triangular, List.of(zero, b), b.type()));
    }
}

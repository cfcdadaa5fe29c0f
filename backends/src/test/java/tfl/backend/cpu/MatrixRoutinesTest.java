package tfl.backend.cpu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tfl.backend.KernelCancelled;
import tfl.kernel.Routine;
import tfl.kernel.RoutineFailure;
import tfl.tensor.DType;
import tfl.tensor.Shape;
import tfl.tensor.Tensor;

/** Each factorisation is multiplied out again; each row is {@code batch, m, n, columns of the right side}. */
class MatrixRoutinesTest {
    private static final String SHAPES = """
            1, 1, 1, 1
            1, 2, 3, 1
            2, 3, 2, 4
            3, 5, 5, 5
            1, 40, 30, 2
            1, 30, 40, 0
            1, 210, 210, 3
            1, 230, 120, 260
            2, 130, 150, 1
            1, 150, 130, 2
            9, 17, 17, 1
            0, 3, 3, 1
            2, 0, 3, 2
            2, 3, 0, 2
            1, 0, 0, 0
            """;

    @ParameterizedTest
    @CsvSource(textBlock = SHAPES)
    void lu(long batch, long m, long n) {
        each(batch, m, n, a -> {
            long k = Math.min(m, n);
            var results = run(new Routine.Lu(a.dtype()), List.of(a), List.of(a.dtype(), DType.I32),
                    List.of(a.shape(), Shape.of(batch, k)));
            var rows = a.toDoubles();
            var pivots = results[1].toLongs();
            var packed = results[0];
            for (int q = 0; q < batch; q++) {
                for (int i = 0; i < k; i++) {
                    long other = pivots[(int) (q * k) + i];
                    for (int j = 0; j < n; j++) {
                        int x = (int) ((q * m + i) * n + j);
                        int y = (int) ((q * m + other) * n + j);
                        double kept = rows[x];
                        rows[x] = rows[y];
                        rows[y] = kept;
                    }
                }
            }
            var l = Dense.of(packed, batch, m, n).map((i, j, x) -> i == j ? 1 : i > j ? x : 0).columns(k);
            var u = Dense.of(packed, batch, m, n).map((i, j, x) -> i <= j ? x : 0).rows(k);
            assertClose(a.dtype(), rows, l.times(u).values());
        });
    }

    @ParameterizedTest
    @CsvSource(textBlock = SHAPES)
    void qr(long batch, long m, long n) {
        each(batch, m, n, a -> {
            for (boolean complete : new boolean[] {false, true}) {
                long k = complete ? m : Math.min(m, n);
                var results = run(new Routine.Qr(a.dtype(), complete), List.of(a),
                        List.of(a.dtype(), a.dtype()), List.of(Shape.of(batch, m, k), Shape.of(batch, k, n)));
                var q = Dense.of(results[0], batch, m, k);
                var r = Dense.of(results[1], batch, k, n);
                assertClose(a.dtype(), a.toDoubles(), q.times(r).values());
                assertClose(a.dtype(), Dense.identity(batch, k).values(), q.transposed().times(q).values());
                assertArrayEquals(r.map((i, j, x) -> i <= j ? x : 0).values(), r.values());
            }
        });
    }

    @ParameterizedTest
    @CsvSource(textBlock = SHAPES)
    void svd(long batch, long m, long n) {
        each(batch, m, n, a -> {
            for (boolean full : new boolean[] {false, true}) {
                long k = Math.min(m, n);
                var results = run(new Routine.Svd(a.dtype(), full), List.of(a),
                        List.of(a.dtype(), a.dtype(), a.dtype()),
                        List.of(Shape.of(batch, m, full ? m : k), Shape.of(batch, k),
                        Shape.of(batch, full ? n : k, n)));
                var u = Dense.of(results[0], batch, m, full ? m : k);
                var vh = Dense.of(results[2], batch, full ? n : k, n);
                assertClose(a.dtype(), Dense.identity(batch, full ? m : k).values(),
                        u.transposed().times(u).values());
                assertClose(a.dtype(), Dense.identity(batch, full ? n : k).values(),
                        vh.times(vh.transposed()).values());
                assertClose(a.dtype(), a.toDoubles(),
                        u.columns(k).scaled(results[1].toDoubles()).times(vh.rows(k)).values());
            }
        });
    }

    @ParameterizedTest
    @CsvSource(textBlock = SHAPES)
    void solve(long batch, long m, long n, long count) {
        each(batch, m, m, a -> {
            var b = Samples.tensor(a.dtype(), 5, Shape.of(batch, count, m)).permute(0, 2, 1);
            var strong = strong(a);
            var x = run(new Routine.Solve(a.dtype()), List.of(strong, b), List.of(a.dtype()),
                    List.of(b.shape()))[0];
            assertClose(a.dtype(), b.toDoubles(),
                    Dense.of(strong, batch, m, m).times(Dense.of(x, batch, m, count)).values());
        });
    }

    @ParameterizedTest
    @CsvSource(textBlock = SHAPES)
    void triangularSolve(long batch, long m, long n, long count) {
        each(batch, m, m, a -> {
            var b = Samples.tensor(a.dtype(), 5, Shape.of(batch, m, count));
            var strong = strong(a);
            for (int kind = 0; kind < 8; kind++) {
                boolean lower = (kind & 1) != 0;
                boolean transposed = (kind & 2) != 0;
                boolean unit = (kind & 4) != 0;
                var matrix = unit ? Tensor.of(a.dtype(), scaled(a.toDoubles(), 1.0 / Math.max(1, m)),
                        a.shape().dims()) : strong;
                var x = run(new Routine.TriangularSolve(a.dtype(), lower, transposed, unit),
                        List.of(matrix, b), List.of(a.dtype()), List.of(b.shape()))[0];
                var used = Dense.of(matrix, batch, m, m)
                        .map((i, j, value) -> i == j ? unit ? 1 : value : i > j == lower ? value : 0);
                var product = (transposed ? used.transposed() : used).times(Dense.of(x, batch, m, count));
                assertClose(a.dtype(), b.toDoubles(), product.values());
            }
        });
    }

    @ParameterizedTest
    @CsvSource(textBlock = SHAPES)
    void cholesky(long batch, long m) {
        each(batch, m, m, a -> {
            var positive = strong(symmetric(a));
            var l = Dense.of(run(new Routine.Cholesky(a.dtype()), List.of(positive), List.of(a.dtype()),
                    List.of(a.shape()))[0], batch, m, m);
            assertArrayEquals(l.map((i, j, x) -> i >= j ? x : 0).values(), l.values());
            assertClose(a.dtype(), positive.toDoubles(), l.times(l.transposed()).values());
        });
    }

    @ParameterizedTest
    @CsvSource(textBlock = SHAPES)
    void eigenvaluesOfSymmetric(long batch, long m) {
        each(batch, m, m, a -> {
            var symmetric = symmetric(a);
            var results = run(new Routine.EighSymmetric(a.dtype()), List.of(symmetric),
                    List.of(a.dtype(), a.dtype()), List.of(Shape.of(batch, m), a.shape()));
            var w = results[0].toDoubles();
            var v = Dense.of(results[1], batch, m, m);
            for (int i = 1; i < w.length; i++) {
                assertTrue(i % m == 0 || w[i - 1] <= w[i], "ascending");
            }
            assertClose(a.dtype(), Dense.identity(batch, m).values(), v.transposed().times(v).values());
            assertClose(a.dtype(), Dense.of(symmetric, batch, m, m).times(v).values(), v.scaled(w).values());
        });
    }

    /** One large matrix is shared by OpenBLAS's threads; each of a batch has one thread. */
    @ParameterizedTest
    @CsvSource({"Lu, 820", "Solve, 400", "TriangularSolve, 300", "Cholesky, 600", "Qr, 950", "Svd, 620",
        "EighSymmetric, 620"})
    void oneLargeMatrixIsDecomposedAsOneOfMany(String name, int n) {
        var one = strong(symmetric(Samples.tensor(DType.F32, 3, Shape.of(1, n, n))));
        int count = Math.max(2, Workers.count());
        var expected = decompose(name, one.broadcastTo(Shape.of(count, n, n)));
        var actual = decompose(name, one);
        assertClose(DType.F32, Arrays.copyOf(expected, actual.length), actual);
    }

    /** That one of the results which has no choice of signs. */
    private static double[] decompose(String name, Tensor a) {
        var dtype = a.dtype();
        var vector = Shape.of(a.dim(0), a.dim(1));
        Routine routine = switch (name) {
            case "Lu" -> new Routine.Lu(dtype);
            case "Solve" -> new Routine.Solve(dtype);
            case "TriangularSolve" -> new Routine.TriangularSolve(dtype, true, false, false);
            case "Cholesky" -> new Routine.Cholesky(dtype);
            case "Qr" -> new Routine.Qr(dtype, false);
            case "Svd" -> new Routine.Svd(dtype, false);
            default -> new Routine.EighSymmetric(dtype);
        };
        var inputs = name.endsWith("Solve") ? List.of(a, a) : List.of(a);
        var shapes = switch (name) {
            case "Lu" -> List.of(a.shape(), vector);
            case "Qr" -> List.of(a.shape(), a.shape());
            case "Svd" -> List.of(a.shape(), vector, a.shape());
            case "EighSymmetric" -> List.of(vector, a.shape());
            default -> List.of(a.shape());
        };
        var dtypes = List.of(dtype, name.equals("Lu") ? DType.I32 : dtype, dtype).subList(0, shapes.size());
        return run(routine, inputs, dtypes, shapes)[name.equals("Qr") || name.equals("Svd") ? 1 : 0].toDoubles();
    }

    /** Squares of such numbers are not finite, or 0. */
    @ParameterizedTest
    @CsvSource({"F32, 1e25", "F32, 1e-25", "F32, 0", "F64, 1e200", "F64, 1e-200", "F64, 0"})
    void largeMatricesOfExtremeNumbers(DType dtype, double scale) {
        int n = 140;
        var a = symmetric(Samples.tensor(dtype, 1, Shape.of(1, n, n)));
        var numbers = scaled(a.toDoubles(), scale);
        var matrix = Tensor.of(dtype, numbers, 1, n, n);
        var plain = run(new Routine.EighSymmetric(dtype), List.of(a), List.of(dtype, dtype),
                List.of(Shape.of(1, n), a.shape()))[0].toDoubles();
        var values = run(new Routine.EighSymmetric(dtype), List.of(matrix), List.of(dtype, dtype),
                List.of(Shape.of(1, n), a.shape()))[0].toDoubles();
        var singular = run(new Routine.Svd(dtype, false), List.of(matrix), List.of(dtype, dtype, dtype),
                List.of(a.shape(), Shape.of(1, n), a.shape()))[1].toDoubles();
        double largest = Arrays.stream(plain).map(Math::abs).max().orElseThrow();
        double bound = (dtype == DType.F32 ? 1e-5 : 1e-13) * largest * scale;
        assertArrayEquals(scaled(plain, scale), values, bound);
        assertEquals(largest * scale, singular[0], bound);
    }

    @ParameterizedTest
    @CsvSource(textBlock = SHAPES)
    void eigenvaluesOfGeneral(long batch, long m) {
        each(batch, m, m, a -> {
            var results = run(new Routine.EigGeneral(a.dtype()), List.of(a), List.of(DType.C64, DType.C64),
                    List.of(Shape.of(batch, m), a.shape()));
            var matrix = Dense.of(a, batch, m, m);
            var re = results[0].part(false).toDoubles();
            var im = results[0].part(true).toDoubles();
            var x = Dense.of(results[1].part(false), batch, m, m);
            var y = Dense.of(results[1].part(true), batch, m, m);
            assertClose(DType.F32, matrix.times(x).values(),
                    minus(x.scaled(re).values(), y.scaled(im).values(), -1));
            assertClose(DType.F32, matrix.times(y).values(),
                    minus(x.scaled(im).values(), y.scaled(re).values(), 1));
        });
    }

    @ParameterizedTest
    @CsvSource({
        "Solve, '1,2,2,4', the matrix is singular: pivot 1 is zero",
        "Solve, '0,0,0,0', the matrix is singular: pivot 0 is zero",
        "TriangularSolve, '1,2,2,0', the matrix is singular: element 1 of its diagonal is zero",
        "Cholesky, '1,2,2,1', the matrix is not positive definite: its leading 2 x 2 block is not",
        "Cholesky, 'NaN,0,0,1', the matrix is not positive definite: its leading 1 x 1 block is not",
        "Svd, 'NaN,0,0,1', the matrix holds NaN or infinity",
        "EighSymmetric, '1,0,0,-Infinity', the matrix holds NaN or infinity",
        "EigGeneral, '1,Infinity,0,1', the matrix holds NaN or infinity",
    })
    void saysWhatIsWrong(String name, String values, String message) {
        for (var dtype : List.of(DType.F32, DType.F64, DType.C64)) {
            saysWhatIsWrong(dtype, name, values, message);
        }
    }

    private static void saysWhatIsWrong(DType dtype, String name, String values, String message) {
        var numbers = Arrays.stream(values.split(",")).mapToDouble(Double::parseDouble).toArray();
        var a = Tensor.of(dtype, numbers, 2, 2);
        var vector = Shape.of(2);
        Routine routine = switch (name) {
            case "Solve" -> new Routine.Solve(dtype);
            case "TriangularSolve" -> new Routine.TriangularSolve(dtype, true, false, false);
            case "Cholesky" -> new Routine.Cholesky(dtype);
            case "Svd" -> new Routine.Svd(dtype, true);
            case "EighSymmetric" -> new Routine.EighSymmetric(dtype);
            default -> new Routine.EigGeneral(dtype);
        };
        var inputs = name.endsWith("Solve") ? List.of(a, a) : List.of(a);
        var dtypes = switch (name) {
            case "EigGeneral" -> List.of(DType.C64, DType.C64);
            case "EighSymmetric" -> List.of(dtype.real(), dtype);
            default -> List.of(dtype, dtype.real(), dtype);
        };
        var shapes = switch (name) {
            case "Svd" -> List.of(a.shape(), vector, a.shape());
            case "EighSymmetric", "EigGeneral" -> List.of(vector, a.shape());
            default -> List.of(a.shape());
        };
        assertEquals(message,
                assertThrows(RoutineFailure.class, () -> run(routine, inputs, dtypes, shapes)).getMessage());
    }

    @Test
    void namesTheMatrixOfABatch() {
        var a = Tensor.of(new double[] {1, 0, 0, 1, 1, 1, 1, 1}, 2, 2, 2);
        var failure = assertThrows(RoutineFailure.class, () ->
                run(new Routine.Solve(DType.F64), List.of(a, a), List.of(DType.F64), List.of(a.shape())));
        assertEquals("matrix 1 of the batch is singular: pivot 1 is zero", failure.getMessage());
    }

    @Test
    @Timeout(60)
    void anInterruptEndsOneCall() throws InterruptedException {
        // Seconds of work in one call of LAPACK, by one thread: the call that is left would keep the others.
        var a = Samples.tensor(DType.F64, 3, Shape.of(1, 1900, 1900));
        var seen = new Throwable[1];
        var caller = new Thread(() -> seen[0] = assertThrows(KernelCancelled.class, () -> run(
                new Routine.EigGeneral(DType.F64), List.of(a), List.of(DType.C64, DType.C64), List.of(Shape.of(1, 1900),
                        a.shape()))));
        caller.start();
        Thread.sleep(1000);
        caller.interrupt();
        caller.join();
        assertInstanceOf(KernelCancelled.class, seen[0]);
        var identity = Tensor.of(new double[] {1, 0, 0, 1}, 2, 2);
        assertArrayEquals(identity.toDoubles(), run(new Routine.Solve(DType.F64), List.of(identity, identity),
                List.of(DType.F64), List.of(identity.shape()))[0].toDoubles());
    }

    @Test
    @Timeout(60)
    void anInterruptOfOneCallerLeavesTheOthers() throws Exception {
        var many = Samples.tensor(DType.F64, 3, Shape.of(4, 300, 300));
        var first = CompletableFuture.supplyAsync(() -> eigenvalues(many));
        Thread.sleep(100);
        var one = Samples.tensor(DType.F64, 4, Shape.of(1, 300, 300));
        var seen = new Throwable[1];
        var second = new Thread(() -> seen[0] = assertThrows(KernelCancelled.class, () -> eigenvalues(one)));
        second.start();
        Thread.sleep(50);
        second.interrupt();
        second.join();
        assertInstanceOf(KernelCancelled.class, seen[0]);
        assertArrayEquals(eigenvalues(many), first.get());
    }

    private static double[] eigenvalues(Tensor a) {
        var values = Shape.of(a.dim(0), a.dim(1));
        return run(new Routine.EigGeneral(DType.F64), List.of(a), List.of(DType.C64, DType.C64),
                List.of(values, a.shape()))[0].part(false).toDoubles();
    }

    private interface Check {
        void on(Tensor matrices);
    }

    private static void each(long batch, long m, long n, Check check) {
        for (var dtype : new DType[] {DType.F32, DType.F64}) {
            if (m * n > 10_000 && dtype == DType.F64) {
                continue;
            }
            check.on(Samples.tensor(dtype, 3, Shape.of(batch, m, n)));
            if (m * n > 10_000) {
                continue;
            }
            check.on(Samples.tensor(dtype, 4, Shape.of(batch, n, m)).permute(0, 2, 1));
            check.on(Samples.tensor(dtype, 4, Shape.of(2 * batch, m, n)).slice(0, 0, 2, batch).reverse(2));
        }
    }

    private static Tensor[] run(Routine routine, List<Tensor> inputs, List<DType> dtypes,
            List<Shape> shapes) {
        return Samples.run(routine, inputs, dtypes, shapes);
    }

    /** A well-conditioned matrix: the size is added on the diagonal. */
    private static Tensor strong(Tensor a) {
        long n = a.dim(2);
        var values = Dense.of(a, a.dim(0), n, n).map((i, j, x) -> i == j ? x + n : x).values();
        return Tensor.of(a.dtype(), values, a.shape().dims());
    }

    private static Tensor symmetric(Tensor a) {
        long n = a.dim(2);
        var matrix = Dense.of(a, a.dim(0), n, n);
        return Tensor.of(a.dtype(), minus(matrix.values(), matrix.transposed().values(), 1),
                a.shape().dims());
    }

    private static double[] scaled(double[] values, double factor) {
        return Arrays.stream(values).map(x -> x * factor).toArray();
    }

    /** {@code x + sign * y}. */
    private static double[] minus(double[] x, double[] y, int sign) {
        return java.util.stream.IntStream.range(0, x.length).mapToDouble(i -> x[i] + sign * y[i]).toArray();
    }

    private static void assertClose(DType dtype, double[] expected, double[] actual) {
        assertArrayEquals(expected, actual, dtype == DType.F64 ? 1e-9 : 2e-3);
    }
}

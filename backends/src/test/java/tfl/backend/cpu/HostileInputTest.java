package tfl.backend.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tfl.kernel.Kernel;
import tfl.kernel.Routine;
import tfl.kernel.RoutineFailure;
import tfl.tensor.DType;
import tfl.tensor.Shape;
import tfl.tensor.Tensor;

/**
 * Any size and any value from any thread: a clear failure at most, never the end of the process or a hang.
 */
class HostileInputTest {
    private static final long SMALL_STACK = 1 << 20;
    private static final int[] SIZES = {0, 1, 2, 3, 17, 64, 65, 130, 257};
    private static final double[] VALUES = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY,
            0.0, -0.0,
        Double.MIN_VALUE, 1e-40, Float.MAX_VALUE, Double.MAX_VALUE, 1, -1};

    @Test
    @Timeout(120)
    void manyThreadsWithSmallStacks() throws InterruptedException {
        var failures = new ConcurrentLinkedQueue<Throwable>();
        var threads = IntStream.range(0, 3).mapToObj(seed -> new Thread(null, () -> {
            try {
                var random = new Random(seed);
                for (int round = 0; round < 20; round++) {
                    step(random);
                }
            } catch (Throwable thrown) {
                failures.add(thrown);
            }
        }, "hostile-" + seed, SMALL_STACK)).toList();
        threads.forEach(Thread::start);
        for (var thread : threads) {
            thread.join();
        }
        assertEquals(List.of(), List.copyOf(failures));
    }

    @Test
    @Timeout(120)
    void anyDepthOfTheStack() throws InterruptedException {
        var reached = new int[1];
        var ended = new boolean[1];
        var thread = new Thread(null, () -> {
            try {
                deeper(0, reached);
            } catch (StackOverflowError expected) {
                ended[0] = true;
            }
        }, "deep", SMALL_STACK);
        thread.start();
        thread.join();
        assertTrue(ended[0] && reached[0] > 0, "the stack was used up");
        var a = Samples.tensor(DType.F32, 1, Shape.of(300, 300));
        assertTrue(Double.isFinite(product(a).readDouble(0)), "and all goes on");
        var large = Samples.tensor(DType.F32, 1, Shape.of(400, 400));
        Samples.run(new Routine.Lu(DType.F32), List.of(large), List.of(DType.F32, DType.I32),
                List.of(large.shape(), Shape.of(400)));
    }

    private static int deeper(int depth, int[] reached) {
        if (depth % 16 == 0) {
            var a = Samples.tensor(DType.F32, depth, Shape.of(65, 65));
            product(a);
            var dtypes = List.of(DType.F32, DType.F32, DType.F32);
            Samples.run(new Routine.Lu(DType.F32), List.of(a), List.of(DType.F32, DType.I32),
                    List.of(a.shape(), Shape.of(65)));
            Samples.run(new Routine.Solve(DType.F32), List.of(a, a), dtypes, List.of(a.shape()));
            Samples.run(new Routine.Qr(DType.F32, false), List.of(a), dtypes, List.of(a.shape(), a.shape()));
            Samples.run(new Routine.EighSymmetric(DType.F32), List.of(a), dtypes,
                    List.of(Shape.of(65), a.shape()));
            Samples.run(new Routine.Svd(DType.F32, false), List.of(a), dtypes,
                    List.of(a.shape(), Shape.of(65), a.shape()));
            reached[0] = depth + 1;
        }
        return deeper(depth + 1, reached) + 1;
    }

    private static Tensor product(Tensor a) {
        return Contractions.compile(new Kernel.Contract(a.dtype()), List.of(a.type(), a.type()),
                List.of(a.type()))
                .run(new Tensor[] {a, a}, 0)[0];
    }

    private static void step(Random random) {
        var real = random.nextBoolean() ? DType.F32 : DType.F64;
        var dtype = random.nextInt(3) == 0 ? DType.C64 : real;
        int m = SIZES[random.nextInt(SIZES.length)];
        int n = SIZES[random.nextInt(SIZES.length)];
        int k = Math.min(m, n);
        var a = tensor(dtype, random, m, n);
        var square = tensor(dtype, random, n, n);
        var b = tensor(dtype, random, n, m);
        var vector = Shape.of(n);
        var both = List.of(dtype, dtype, dtype);
        attempt(new Routine.Lu(dtype), List.of(a), List.of(dtype, DType.I32), a.shape(), Shape.of(k));
        attempt(new Routine.Solve(dtype), List.of(square, b), both, b.shape());
        attempt(new Routine.TriangularSolve(dtype, random.nextBoolean(), random.nextBoolean(),
                random.nextBoolean()), List.of(square, b), both, b.shape());
        attempt(new Routine.Cholesky(dtype), List.of(square), both, square.shape());
        attempt(new Routine.Qr(dtype, false), List.of(a), both, Shape.of(m, k), Shape.of(k, n));
        attempt(new Routine.Svd(dtype, false), List.of(a), List.of(dtype, dtype.real(), dtype), Shape.of(m, k),
                Shape.of(k), Shape.of(k, n));
        attempt(new Routine.EighSymmetric(dtype), List.of(square), List.of(dtype.real(), dtype), vector,
                square.shape());
        attempt(new Routine.EigGeneral(dtype), List.of(square), List.of(DType.C64, DType.C64), vector,
                square.shape());
        attempt(new Routine.Sort(real, random.nextBoolean()), List.of(tensor(real, random, m, n)),
                List.of(real, DType.I64), a.shape(), a.shape());
        attempt(new Routine.Fft(false), List.of(Samples.tensor(DType.C64, m, a.shape())), List.of(DType.C64),
                a.shape());
        convolution(real, random, m, n);
        if (n > 0) {
            product(square);
        }
    }

    private static void convolution(DType dtype, Random random, int m, int n) {
        var x = tensor(dtype, random, 2, 3, m, n);
        var w = tensor(dtype, random, 4, 3, 3, 3);
        var ones = List.of(1L, 1L);
        var routine = new Routine.Convolution(dtype, Routine.Pass.FORWARD, ones, ones, ones, ones, 1,
                List.of(3L, 3L));
        attempt(routine, List.of(x, w), List.of(dtype), Shape.of(2, 4, m, n));
        var zeros = List.of(0L, 0L);
        var pool = new Routine.Pool(dtype, false, random.nextBoolean(), List.of(2L, 2L), ones, ones, zeros);
        attempt(pool, List.of(x), List.of(dtype), x.shape());
    }

    private static void attempt(Routine routine, List<Tensor> inputs, List<DType> dtypes, Shape... shapes) {
        try {
            Samples.run(routine, inputs, dtypes, List.of(shapes));
        } catch (RoutineFailure clear) {
            assertTrue(clear.getMessage().startsWith("the ") || clear.getMessage().startsWith("matrix "),
                    clear.getMessage());
        }
    }

    private static Tensor tensor(DType dtype, Random random, long... dims) {
        int odd = random.nextInt(4);
        var values = random.doubles(Shape.of(dims).size()).map(value -> odd == 0 && random.nextInt(9) == 0
                ? VALUES[random.nextInt(VALUES.length)] : odd == 1 ? Math.rint(value) : odd == 2 ? 0
                : value).toArray();
        var tensor = Tensor.of(dtype, values, dims);
        return random.nextBoolean() || tensor.size() == 0 ? tensor : tensor.reverse(tensor.rank() - 1);
    }
}

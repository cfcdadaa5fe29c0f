package tfl.backend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tfl.tensor.Memory;
import tfl.tensor.Tensor;

/** Random kernels and lifetimes from several threads at once: nothing crashes, nothing is read after its release. */
class StressTest {
    private static final int THREADS = 4;
    private static final long MILLIS = 2000;

    @Test
    void kernelsAndLifetimesFromSeveralThreads() throws Exception {
        var backends = ServiceLoader.load(Backend.class).stream().map(ServiceLoader.Provider::get).toList();
        var rows = BackendContract.rows().filter(row -> !row.inputs().isEmpty() && size(row) < 3000).toList();
        long end = System.nanoTime() + MILLIS * 1_000_000;
        try (var pool = Executors.newFixedThreadPool(THREADS)) {
            var tasks = IntStream.range(0, THREADS)
                    .mapToObj(seed -> (Callable<Integer>) () -> work(backends, rows, seed, end)).toList();
            for (var done : pool.invokeAll(tasks)) {
                assertTrue(done.get() > 0);
            }
        }
    }

    private static long size(Case row) {
        return row.inputs().stream().mapToLong(Tensor::size).max().orElse(0);
    }

    private static int work(List<Backend> backends, List<Case> rows, int seed, long end) {
        var random = new Random(seed);
        var held = new ArrayList<Tensor>();
        int runs = 0;
        while (System.nanoTime() < end) {
            var row = rows.get(random.nextInt(rows.size()));
            var backend = backends.get(random.nextInt(backends.size()));
            var inputs = row.inputs().toArray(Tensor[]::new);
            var results = backend.compile(row.kernel(), row.types(), row.outputs()).run(inputs, 0);
            assertEquals(row.outputs().getFirst(), results[0].type());
            for (var result : results) {
                lifetime(result, random, held);
            }
            runs++;
        }
        held.forEach(Tensor::release);
        return runs;
    }

    /** Lets go at once, keeps for a while, keeps a view of, or forgets. */
    private static void lifetime(Tensor result, Random random, List<Tensor> held) {
        var kept = result;
        if (result.rank() > 0 && random.nextBoolean()) {
            kept = result.reverse(random.nextInt(result.rank()));
            result.discard();
        }
        switch (random.nextInt(4)) {
            case 0 -> kept.discard();
            case 1 -> kept.pin();
            default -> {
                kept.retain();
                held.add(kept);
            }
        }
        while (held.size() > 50) {
            var gone = held.remove(random.nextInt(held.size()));
            if (gone.size() > 0) {
                gone.readDouble(gone.size() - 1);
            }
            gone.release();
        }
    }

    @Test
    void whatOneThreadMakesAnotherMayRelease() throws Exception {
        long before = Memory.inUse();
        try (var pool = Executors.newFixedThreadPool(2)) {
            for (int round = 0; round < 50; round++) {
                var made = pool.submit(() -> IntStream.range(0, 200)
                        .mapToObj(i -> Tensor.of(new double[i * 5 + 1])).peek(Tensor::retain).toList()).get();
                pool.submit(() -> made.forEach(Tensor::release)).get();
            }
        }
        assertTrue(Memory.inUse() < before + (16 << 20), before + " before, " + Memory.inUse() + " after");
    }
}

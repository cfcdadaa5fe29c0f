package tfl.tests;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tfl.embedding.Model;
import tfl.embedding.Tfl;
import tfl.embedding.TflError;

/** Several threads on one session. */
@Timeout(120)
class EmbeddingThreadsTest {
    private static final int THREADS = 8;
    private static final int CALLS = 150;
    private static final String MODEL = """
            layers = ({w: [[1.0, 2, 3], [4, 5, 6]], b: [0.5, -0.5]}, {w: [[1.0, -1], [2, 0.5]], b: [0.0, 1]})

            fn layer(l, x) = relu(l.w @ x + l.b)

            fn predict(x) {
              for l in layers { x = layer(l, x) }
              x
            }

            @graph
            fn fused(x) = tanh(x) * 2.0 + sum(x)

            fn both(x) = {eager: predict(x), graph: fused(x), name: "n{len(layers)}", parts: tuple(0..50)}
            """;

    @TempDir
    Path folder;

    record Both(float[] eager, float[] graph, String name, int[] parts) {}

    private Model model(Tfl tfl) throws IOException {
        return tfl.load(Files.writeString(folder.resolve("model.tfl"), MODEL));
    }

    private static float[] input(int i) {
        return new float[] {i, i * 0.5f, -i};
    }

    @Test
    void manyThreadsMayCallOneModel() throws Exception {
        try (var tfl = Tfl.open(); var threads = Executors.newFixedThreadPool(THREADS)) {
            var model = model(tfl);
            var expected = new ArrayList<float[]>();
            for (int i = 0; i < CALLS; i++) {
                expected.add(model.call(input(i)));
            }
            var running = new ArrayList<Future<?>>();
            for (int t = 0; t < THREADS; t++) {
                running.add(threads.submit(() -> {
                    for (int i = 0; i < CALLS; i++) {
                        assertArrayEquals(expected.get(i), model.call(input(i)));
                        var both = model.function("both").call((Object) input(i)).as(Both.class);
                        assertArrayEquals(expected.get(i), both.eager());
                        assertEquals("n2", both.name());
                    }
                    tfl.run("last = " + CALLS);
                    return null;
                }));
            }
            for (var each : running) {
                each.get();
            }
            assertEquals(CALLS, tfl.eval("last").integer());
        }
    }

    @Test
    void virtualThreadsMayCallToo() throws Exception {
        try (var tfl = Tfl.open(); var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var model = model(tfl);
            var expected = model.call(input(3));
            var running = new ArrayList<Future<float[]>>();
            for (int t = 0; t < 50; t++) {
                running.add(threads.submit(() -> model.call(input(3))));
            }
            for (var each : running) {
                assertArrayEquals(expected, each.get());
            }
        }
    }

    @Test
    void closingEndsTheCallsThatRun() throws Exception {
        try (var threads = Executors.newFixedThreadPool(2)) {
            var tfl = Tfl.open();
            var started = new CountDownLatch(2);
            Runnable begun = started::countDown;
            var endless = tfl.eval("begun -> { begun(); while true { } }");
            var running = new ArrayList<Future<?>>();
            for (int t = 0; t < 2; t++) {
                running.add(threads.submit(() -> endless.call(begun)));
            }
            started.await();
            tfl.close();
            for (var each : running) {
                var error = (TflError) assertThrows(ExecutionException.class, each::get).getCause();
                assertEquals("closed", error.kind());
                assertEquals("TFL-E0649", error.code());
            }
            var after = assertThrows(TflError.class, () -> tfl.eval("1"));
            assertEquals("TFL-E0649", after.code());
            assertTrue(after.getMessage().contains("closed"));
            assertEquals("TFL-E0649", assertThrows(TflError.class, () -> endless.call(begun)).code());
            tfl.close();
        }
    }
}

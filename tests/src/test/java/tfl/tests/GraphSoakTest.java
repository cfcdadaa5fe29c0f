package tfl.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Engine;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tfl.tensor.Memory;

/** Graphs that run for long, and in many programs at once. */
class GraphSoakTest {
    private static final String TRAINING = """
            fn forward(p, x) = tanh(x @ p.a + p.b) @ p.c
            fn loss(p, x, y) = mean((forward(p, x) - y) ** 2)
            @graph
            fn step(p, x, y, rate) {
              (l, g) = value_and_grad(loss)(p, x, y)
              ({a: p.a - rate * g.a, b: p.b - rate * g.b, c: p.c - rate * g.c}, l)
            }
            seed(3)
            p = {a: randn((256, 256)) / 16, b: zeros((256,)), c: randn((256, 64)) / 16}
            (x, y) = (randn((32, 256)), randn((32, 64)))
            (q, first) = step(p, x, y, 0.05)
            explain(step, p, x, y, 0.05)
            fn train(p, n) {
              l = 0.0
              for i in 0..n { (p, l) = step(p, x, y, 0.05) }
              (p, l)
            }
            """;

    // One tensor of 256 KB that stays behind at each step would make 400 MB.
    @Test
    @Timeout(value = 120, unit = TimeUnit.SECONDS)
    void trainingKeepsItsMemory() throws IOException {
        Assumptions.assumeTrue(Files.exists(Path.of("/proc/self/statm")), "only Linux says what is resident");
        try (var context = context(null)) {
            context.eval("tfl", TRAINING);
            context.eval("tfl", "(p, l) = train(p, 400)");
            settle();
            long tensors = Memory.inUse();
            long resident = resident();
            for (int i = 0; i < 16; i++) {
                context.eval("tfl", "(p, l) = train(p, 100)");
            }
            settle();
            long grown = Memory.inUse() - tensors;
            assertTrue(grown < 8 << 20, () -> "tensors hold " + grown + " bytes more");
            long more = resident() - resident;
            assertTrue(more < 64 << 20, () -> "resident are " + more + " bytes more");
            assertEquals("true", context.eval("tfl", "\"{l < 0.9 * first}\"").asString(), "it learns nothing");
        }
    }

    @Test
    @Timeout(value = 120, unit = TimeUnit.SECONDS)
    void programsThatRunAtTheSameTimeAgree() throws Exception {
        try (var engine = Engine.newBuilder().option("engine.WarnInterpreterOnly", "false").build();
                var pool = Executors.newFixedThreadPool(6)) {
            var tasks = new ArrayList<Callable<String>>();
            for (int i = 0; i < 12; i++) {
                tasks.add(() -> losses(engine));
            }
            var found = new ArrayList<String>();
            for (var future : pool.invokeAll(tasks)) {
                found.add(future.get());
            }
            found.forEach(each -> assertEquals(found.getFirst(), each));
        }
    }

    private static String losses(Engine engine) {
        try (var context = context(engine)) {
            context.eval("tfl", TRAINING);
            return context.eval("tfl", "(p, l) = train(p, 40)\n\"{first:.4f} {l:.4f} {sum(abs(p.a)):.1f}\"").asString();
        }
    }

    private static Context context(Engine engine) {
        var builder = Context.newBuilder("tfl").allowAllAccess(true);
        return engine == null ? builder.option("engine.WarnInterpreterOnly", "false").build()
                : builder.engine(engine).build();
    }

    private static void settle() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
    }

    private static long resident() throws IOException {
        return 4096 * Long.parseLong(Files.readString(Path.of("/proc/self/statm")).split(" ")[1]);
    }
}

package tfl.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.graalvm.polyglot.Context;
import org.junit.jupiter.api.Test;

/** What {@code train.progress} writes to a terminal and elsewhere. */
class ProgressTest {
    private static final String TRAINING = """
            import nn, optim, train
            fn wait(seconds) {
              start = clock()
              while clock() - start < seconds { }
            }
            struct Weight(w) { fn call(self, x) = x * self.w }
            data = tuple({x: [1.0], y: [2.0]} for _ in 0..4)
            r = train.fit(Weight(2.0), data, nn.mse, optim.sgd(0.1), epochs=2,
              callbacks=(train.progress(times=false), {on_batch_end: ctx -> wait(0.06)}))
            """;

    @Test
    void elsewhereThereIsALineForEachEpoch() {
        assertEquals("epoch 1/2  loss 0\nepoch 2/2  loss 0\n", run(false));
    }

    @Test
    void onATerminalALineIsDrawnOver() {
        String text = run(true);
        var lines = text.split("\n");
        assertEquals(2, lines.length, text);
        for (var line : lines) {
            var drawn = Arrays.stream(line.split("\r")).filter(part -> part.contains("ETA")).toList();
            assertFalse(drawn.isEmpty(), text);
            drawn.forEach(part -> assertTrue(part.contains("━") && part.contains("/4") && part.contains("batches/s")
                    && part.contains("loss 0") && part.replace("\033[K", "").length() < 80, part));
            assertTrue(line.endsWith("\033[K" + line.substring(line.lastIndexOf("epoch"))), "the last one is plain");
            assertTrue(line.endsWith("loss 0"), line);
        }
    }

    private static String run(boolean terminal) {
        var out = new ByteArrayOutputStream();
        try (var context = Context.newBuilder("tfl").allowAllAccess(true).out(out).err(out)
                .option("engine.WarnInterpreterOnly", "false").option("tfl.Terminal", Boolean.toString(terminal))
                .build()) {
            context.eval("tfl", TRAINING);
        }
        return out.toString(StandardCharsets.UTF_8);
    }
}

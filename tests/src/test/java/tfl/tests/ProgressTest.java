package tfl.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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

    @Test
    void aTrainingInsideAnotherHasALineOfItsOwn() {
        String text = run(true, NESTED);
        var screen = new Screen();
        screen.write(text);
        assertTrue(screen.most >= 2, "two bars at a time: " + text);
        assertTrue(screen.bothBars, "each is a bar: " + text);
        assertEquals(0, screen.mixed, "a line shows one bar: " + text);
        assertEquals("inner done\nouter epoch 1/2  loss 0\ninner done\nouter epoch 2/2  loss 0",
                screen.text().replaceAll("(?m)^epoch \\d/1 .*\n", "").replaceAll("(?m)^epoch", "outer epoch"));
    }

    @Test
    void anErrorLeavesTheBarOnALineOfItsOwn() {
        var screen = new Screen();
        screen.write(run(true, """
                import nn, optim, train
                fn wait(seconds) {
                  start = clock()
                  while clock() - start < seconds { }
                }
                struct Weight(w) { fn call(self, x) = x * self.w }
                data = tuple({x: [1.0], y: [2.0]} for _ in 0..4)
                fn stop(ctx) {
                  wait(0.06)
                  if ctx.batch == 4 { error("enough") }
                }
                try {
                  train.fit(Weight(2.0), data, nn.mse, optim.sgd(0.1), epochs=2,
                    callbacks=(train.progress(times=false), {on_batch_end: stop}))
                } catch e { print("stopped") }
                """));
        var lines = screen.text().split("\n");
        assertTrue(lines[0].startsWith("epoch 1/2 ━"), screen.text());
        assertEquals("stopped", lines[1]);
    }

    private static final String NESTED = """
            import nn, optim, train
            fn wait(seconds) {
              start = clock()
              while clock() - start < seconds { }
            }
            struct Weight(w) { fn call(self, x) = x * self.w }
            data = tuple({x: [1.0], y: [2.0]} for _ in 0..4)
            fn inner(ctx) {
              wait(0.12)
              if ctx.batch != 3 { return none }
              train.fit(Weight(2.0), data, nn.mse, optim.sgd(0.1), epochs=1,
                callbacks=(train.progress(times=false), {on_batch_end: c -> wait(0.12)}))
              print("inner done")
            }
            train.fit(Weight(2.0), data, nn.mse, optim.sgd(0.1), epochs=2,
              callbacks=(train.progress(times=false), {on_batch_end: inner}))
            """;

    /** As much of a terminal as bars need: it overwrites, clears, and goes up. */
    private static final class Screen {
        private final List<StringBuilder> lines = new ArrayList<>(
                List.of(new StringBuilder()));
        private int row;
        private int column;
        int most;
        int mixed;
        boolean bothBars;

        void write(String text) {
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                if (c == '\033') {
                    int end = i + 2;
                    while (!Character.isLetter(text.charAt(end))) {
                        end++;
                    }
                    control(text.charAt(end), text.substring(i + 2, end));
                    i = end;
                } else if (c == '\r') {
                    column = 0;
                } else if (c == '\n') {
                    row++;
                    column = 0;
                    if (row == lines.size()) {
                        lines.add(new StringBuilder());
                    }
                } else {
                    var line = lines.get(row);
                    while (line.length() <= column) {
                        line.append(' ');
                    }
                    line.setCharAt(column++, c);
                }
                look();
            }
        }

        private void control(char what, String number) {
            switch (what) {
                case 'A' -> row -= Integer.parseInt(number);
                case 'K' -> lines.get(row).setLength(Math.min(column, lines.get(row).length()));
                case 'J' -> {
                    lines.get(row).setLength(Math.min(column, lines.get(row).length()));
                    for (int i = row + 1; i < lines.size(); i++) {
                        lines.get(i).setLength(0);
                    }
                }
                default -> throw new AssertionError("the terminal is sent " + what);
            }
        }

        private void look() {
            int bars = 0;
            for (var line : lines) {
                int first = line.indexOf("ETA");
                bars += first >= 0 ? 1 : 0;
                mixed += first >= 0 && line.indexOf("ETA", first + 1) > 0 ? 1 : 0;
            }
            most = Math.max(most, bars);
            bothBars |= bars == 2 && lines.stream().filter(line -> line.indexOf("━") > 0).count() == 2;
        }

        String text() {
            var all = new StringBuilder();
            lines.forEach(line -> all.append(line.toString().stripTrailing()).append('\n'));
            return all.toString().stripTrailing();
        }
    }

    private static String run(boolean terminal) {
        return run(terminal, TRAINING);
    }

    private static String run(boolean terminal, String program) {
        var out = new ByteArrayOutputStream();
        try (var context = Context.newBuilder("tfl").allowAllAccess(true).out(out).err(out)
                .option("engine.WarnInterpreterOnly", "false").option("tfl.Terminal", Boolean.toString(terminal))
                .build()) {
            context.eval("tfl", program);
        }
        return out.toString(StandardCharsets.UTF_8);
    }
}

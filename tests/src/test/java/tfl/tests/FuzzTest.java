package tfl.tests;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Engine;
import org.graalvm.polyglot.PolyglotException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever the text, a program ends with a value or with an error of the language. */
class FuzzTest {
    private static final int PROGRAMS = Integer.getInteger("tfl.fuzz.programs", 2500);
    private static final int NOISES = Integer.getInteger("tfl.fuzz.noises", 1000);
    private static final long SEED = Long.getLong("tfl.fuzz.seed", 20261123);

    @Test
    @Timeout(value = 180, unit = TimeUnit.SECONDS)
    void programsFromTheGrammar() {
        try (var engine = engine()) {
            for (int i = 0; i < PROGRAMS; i++) {
                run(engine, new RandomProgram(SEED + i).program(), "program " + (SEED + i));
            }
        }
    }

    @Test
    @Timeout(value = 120, unit = TimeUnit.SECONDS)
    void noiseInARealProgram() throws IOException {
        var bytes = Files.readAllBytes(Path.of("../examples/tour.tfl"));
        var random = new Random(SEED);
        try (var engine = engine()) {
            for (int i = 0; i < NOISES; i++) {
                run(engine, new String(noisy(bytes, random), StandardCharsets.UTF_8), "noise " + i);
            }
        }
    }

    private static byte[] noisy(byte[] bytes, Random random) {
        var noisy = bytes.clone();
        int from = random.nextInt(noisy.length);
        for (int i = from; i < Math.min(noisy.length, from + 1 + random.nextInt(4)); i++) {
            noisy[i] = random.nextBoolean() ? (byte) random.nextInt() : noisy[random.nextInt(noisy.length)];
        }
        return noisy;
    }

    private static Engine engine() {
        return Engine.newBuilder().option("engine.WarnInterpreterOnly", "false").build();
    }

    private static void run(Engine engine, String text, String name) {
        try (var context = Context.newBuilder("tfl").engine(engine).allowAllAccess(true)
                        .out(OutputStream.nullOutputStream())
                .err(OutputStream.nullOutputStream()).build()) {
            run(context, text, name);
        }
    }

    // The report is asked for while the context is open.
    private static void run(Context context, String text, String name) {
        try {
            context.eval("tfl", text);
        } catch (PolyglotException error) {
            assertFalse(error.isInternalError(), () -> name + ":\n" + text + "\n" + error);
            var guest = error.getGuestObject();
            assertTrue(guest != null && guest.hasMember("report"), () -> name + ":\n" + text + "\n" + error);
            var report = guest.getMember("report").execute(80, false, true).asString();
            assertTrue(report.startsWith("error"), () -> name + ":\n" + text + "\n" + report);
            assertFalse(report.contains("bug in TFL"), () -> name + ":\n" + text + "\n" + report);
        }
    }
}

package tfl.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.concurrent.TimeUnit;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.PolyglotException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Random functions, run in every way there is: graphs give what eager code does, derivatives agree with each other and
 * with differences, vmap with a loop. What does not is printed as a program.
 */
class TransformationPropertyTest {
    private static final int FUNCTIONS = Integer.getInteger("tfl.property.functions", 150);
    private static final long SEED = Long.getLong("tfl.property.seed", 20261128);
    /** One function in so many waits for the compiled kernels, which takes most of the time. */
    private static final int FUSED = 6;

    @Test
    @Timeout(value = 240, unit = TimeUnit.SECONDS)
    void everyWayToRunAFunctionAgrees() throws IOException {
        var harness = Files.readString(Path.of("src/test/resources/properties/transformations.tfl"));
        var out = new ByteArrayOutputStream();
        var failures = new ArrayList<String>();
        try (var context = Context.newBuilder("tfl").allowAllAccess(true).out(out).err(out)
                .option("engine.WarnInterpreterOnly", "false").build()) {
            context.eval("tfl", harness);
            for (int i = 0; i < FUNCTIONS; i++) {
                var program = program(SEED + i, i % FUSED == 0);
                out.reset();
                var found = run(context, program) + out.toString(StandardCharsets.UTF_8);
                if (!found.isEmpty()) {
                    failures.add("# seed " + (SEED + i) + "\n" + program + found);
                }
            }
        }
        assertEquals("", String.join("\n", failures));
    }

    private static String program(long seed, boolean fused) {
        var function = new RandomFunction(seed);
        return function.definition() + "check(f, points(" + RandomFunction.tuple(function.first) + ", 1), points("
                + RandomFunction.tuple(function.second) + ", 2), points(" + RandomFunction.tuple(function.first, 3)
                + ", 3), points(" + RandomFunction.tuple(function.second, 3) + ", 4), " + fused + ")\n";
    }

    private static String run(Context context, String program) {
        try {
            context.eval("tfl", program);
            return "";
        } catch (PolyglotException error) {
            var guest = error.getGuestObject();
            return guest == null || !guest.hasMember("report") ? error.toString()
                    : guest.getMember("report").execute(100, false, true).asString();
        }
    }
}

package tfl.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.stream.Stream;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.PolyglotException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tfl.embedding.LimitExceeded;
import tfl.embedding.Tfl;
import tfl.embedding.TflError;

/** Limits on memory and time: who runs away is stopped, and nobody else. */
class SandboxLimitsTest {
    /** A guard against hanging, not a measurement. */
    private static final Duration HANG = Duration.ofSeconds(60);
    private static final Duration TIME = Duration.ofMillis(300);
    private static final long MEMORY = 32L << 20;

    private static final String ENDLESS = """
            while true { }
            fn f(n) = if n == 0 { 0 } else { f(n - 1) }; while true { f(200) }
            x = rand((400, 400)); while true { x = x @ x * 0.01 }
            @graph fn f(x) { while sum(x) > -1.0 { x = x + 1.0 }; x }; f([1.0, 2.0])
            @graph fn f(x) { for i in 0..1000000000 { x = x * 0.5 }; x }; f([1.0, 2.0])
            try { while true { } } catch e { 1 } finally { while true { } }
            sum(tuple(0..100000000000))
            import data; for x in data.range(1000000000).map(x -> x, parallel=2) { }
            import linalg; while true { linalg.svd(rand((200, 200))) }
            """;

    /** What takes too much, and what then says so: an error of the program, or the end of its session. */
    private static final String GREEDY = """
            rand((10000, 10000))  =>  refused
            t = (); while true { t = t + (rand((1000, 1000)),) }  =>  refused
            tuple(0..100000000000)  =>  refused
            t = (); while true { t = (t, 1) }  =>  closed t
            s = ("x",); while true { s = (s, "{s}" + "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx") }  =>  closed s
            fn f() { r = {a: 1}; while true { r = {a: r, b: 2.5} } }; try { f() } catch e { 1 }  =>  closed r
            (i for i in 0..100000000000)  =>  closed
            """;

    static Stream<String> endless() {
        return ENDLESS.lines();
    }

    static Stream<String[]> greedy() {
        return GREEDY.lines().map(line -> line.split("  =>  "));
    }

    @ParameterizedTest
    @MethodSource("endless")
    void aCallPastItsTimeIsStopped(String script) {
        try (var other = Tfl.open(); var tfl = Tfl.builder().timeLimit(TIME).open()) {
            other.run("x = 41");
            var error = assertTimeoutPreemptively(HANG, () -> assertThrows(LimitExceeded.class, () -> tfl.run(script)));
            assertEquals("TFL-E0644", error.code());
            assertEquals("limit", error.kind());
            assertTrue(error.getMessage().contains("0.3 s"), error::report);
            assertEquals(42, other.eval("x + 1").integer());
            assertEquals("TFL-E0644", assertThrows(LimitExceeded.class, () -> tfl.eval("1")).code());
        }
    }

    @ParameterizedTest
    @MethodSource("greedy")
    void aSessionKeepsItsMemory(String script, String outcome) {
        try (var other = Tfl.open(); var tfl = Tfl.builder().memoryLimit(MEMORY).timeLimit(HANG).open()) {
            other.run("x = [1.0, 2]");
            var error = assertTimeoutPreemptively(HANG, () -> assertThrows(TflError.class, () -> tfl.run(script)));
            assertEquals("TFL-E0643", error.code(), error::report);
            assertEquals("limit", error.kind());
            assertTrue(error.getMessage().contains("32 MB"), error::report);
            assertEquals(!outcome.equals("refused"), error instanceof LimitExceeded, error::report);
            if (outcome.startsWith("closed ")) {
                assertTrue(error.getMessage().endsWith("in " + outcome.substring(7)), error::report);
            }
            assertEquals(3, other.eval("sum(x)").number());
        }
    }

    @Test
    void theLargestOwnersAreNamed() {
        try (var tfl = Tfl.builder().memoryLimit(MEMORY).open()) {
            tfl.run("a = zeros((4, 1024, 1024))");
            var error = assertThrows(TflError.class, () -> tfl.run("b = zeros((5, 1024, 1024))"));
            assertEquals("TFL-E0643", error.code());
            assertTrue(error.help().orElse("").contains("f32[4, 1024, 1024] (16 MB)"), error::report);
            tfl.run("a = none");
            tfl.run("b = zeros((5, 1024, 1024))");
            assertEquals("caught", tfl.eval("try { zeros((100, 1024, 1024)) } catch e { \"caught\" }").text());
        }
    }

    @Test
    void muchThatIsLetGoIsNotTooMuch() {
        try (var tfl = Tfl.builder().memoryLimit(MEMORY).open()) {
            assertEquals(3, tfl.eval("n = 0; for i in 0..3000000 { n = len((i, i, {a: i})) }; n").integer());
            assertEquals(64, tfl.eval("x = none; for i in 0..200 { x = ones((1000, 1000)) }; 64").integer());
        }
    }

    @Test
    void aPolyglotContextHasTheMemoryLimitAsAnOption() {
        try (var context = Context.newBuilder("tfl").option("tfl.MemoryLimit", "8m").build()) {
            var error = assertThrows(PolyglotException.class, () -> context.eval("tfl", "zeros((4, 1024, 1024))"));
            assertEquals("TFL-E0643", error.getGuestObject().getMember("code").asString());
        }
        var wrong = Context.newBuilder("tfl").option("tfl.MemoryLimit", "much");
        assertTrue(assertThrows(IllegalArgumentException.class, wrong::build).getMessage().contains("64m"));
    }
}

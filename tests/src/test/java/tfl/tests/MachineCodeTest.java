package tfl.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.graalvm.polyglot.Context;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A function computes as machine code what it computes interpreted, and can become machine code at all. */
class MachineCodeTest {
    private static final Map<String, String> INTERPRETED = Map.of("engine.Compilation", "false");
    private static final Map<String, String> COMPILED = Map.of("engine.MultiTier", "false",
            "engine.DynamicCompilationThresholds", "false", "engine.SingleTierCompilationThreshold", "20",
            "engine.BackgroundCompilation", "false", "engine.CompilationFailureAction", "Throw");
    private static final double[] EDGES = {0, -0.0, 1, -3, 0.1, Double.MIN_VALUE, -Double.MIN_NORMAL,
        3 * Double.MIN_VALUE, Double.MAX_VALUE, -Double.MAX_VALUE, Double.POSITIVE_INFINITY, Double.NaN};

    @ParameterizedTest
    @ValueSource(strings = {"2 * x", "x * 2", "x * 2.0", "2.0 * x * x", "x * -2", "x / 2", "x / -4", "x / 0.125",
        "x / 3", "x / 0.0", "x / 2.0 ** 1022", "x / 8.98846567431158e307", "x / 2.2250738585072014e-308",
        "x / 4.9e-324", "x / inf", "(x + 0.5) / 256 / 2"})
    void floatsAreTheSame(String expression) {
        var source = "fn f(x: float) = " + expression + "\nf";
        try (var interpreted = context(INTERPRETED); var compiled = context(COMPILED)) {
            var expected = interpreted.eval("tfl", source);
            var actual = compiled.eval("tfl", source);
            for (int round = 0; round < 40; round++) {
                for (double x : EDGES) {
                    assertEquals(expected.execute(x).asDouble(), actual.execute(x).asDouble(), () -> expression
                            + " of " + x);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"i < n", "i < n and s < 1e12", "0 <= i < n", "not (i >= n or s > 1e12)",
        "if s > 1e12 { false } else { i < n }"})
    void loopsAreTheSame(String condition) {
        var source = """
                fn f(n: int) {
                  (s, i) = (0.0, 0)
                  while %s {
                    if i %% 7 == 6 { i += 2; continue }
                    if i > 50 or s < 0 { break }
                    s = s / 2 + 2 * i
                    i += 1
                  }
                  for k in 0..n { s += k / 4 }
                  s
                }
                f""".formatted(condition);
        try (var interpreted = context(INTERPRETED); var compiled = context(COMPILED)) {
            var expected = interpreted.eval("tfl", source);
            var actual = compiled.eval("tfl", source);
            for (int n = 0; n < 80; n++) {
                assertEquals(expected.execute(n).asDouble(), actual.execute(n).asDouble());
            }
        }
    }

    @Test
    void intsByPowersOfTwoAreTheSame() {
        try (var compiled = context(COMPILED)) {
            var half = compiled.eval("tfl", "fn f(n: int) = n / 2\nf");
            for (long n = -40; n < 40; n++) {
                assertEquals(n / 2.0, half.execute(n).asDouble());
            }
            assertEquals(Long.MAX_VALUE / 2.0, half.execute(Long.MAX_VALUE).asDouble());
        }
    }

    private static Context context(Map<String, String> options) {
        return Context.newBuilder("tfl").allowExperimentalOptions(true).options(options).build();
    }
}

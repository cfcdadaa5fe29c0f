package tfl.tests;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.graalvm.polyglot.Context;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tfl.tensor.Memory;

/** What a call makes is freed with its last holder, without a collection. */
final class TemporariesTest {
    private static final int CALLS = 40;
    private static final long RESULT = 2L << 20;

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "vmap(x -> w * x)(x)",
        "vmap(x -> (w * x, {sum: w + x}))(x)",
        "vmap(x -> w * x)(x + 1.0)",
        "vmap(x -> w * x, axes=1)(x.T)",
        "vmap(p -> w * p.x, axes=0)({x: x + 1.0})[0]",
        "vmap(grad((w, x) -> sum(w * w * x)), axes=(none, 0))(w, x)",
        "vmap((w, x) -> value_and_grad((w, x) -> sum(w * w * x))(w, x)[1], axes=(none, 0))(w, x)",
        "vmap(vmap((a, b) -> a * b, axes=(none, 0)), axes=(0, none))(rand((512,)), rand((1024,)))",
        "grad(w -> sum(w * w))(rand((512, 1024)))",
        "jvp(w -> w * w, rand((512, 1024)), rand((512, 1024)))[0] * 1.0",
        "(a -> { b = a; b * 2.0 })(rand((512, 1024)))",
    })
    void areFreedByTheirLastHolder(String call) {
        try (var context = Context.newBuilder("tfl").option("engine.WarnInterpreterOnly", "false").build()) {
            context.eval("tfl", "x = rand((1024, 8))\nw = rand((64, 8))");
            var source = "for _ in 0..%d { r = %s }\nr = none".formatted(CALLS, call);
            context.eval("tfl", source);
            long before = Memory.inUse();
            context.eval("tfl", source);
            long more = Memory.inUse() - before;
            assertTrue(more < 4 * RESULT, () -> call + " leaves " + (more >> 20) + " MB after " + CALLS + " calls");
        }
    }
}

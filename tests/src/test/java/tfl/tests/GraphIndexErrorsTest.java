package tfl.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** An index that is out of bounds when a graph runs is told of in eager mode's words, those beside the caret too. */
class GraphIndexErrorsTest {
    private static final List<String> BODIES = List.of(
            "sum(x[i])",
            "sum(x[:, i])",
            "sum(x[1, i])",
            "sum((x * 2 + 1)[i])",
            "sum(x[i + 1, 0:2])",
            "sum(take(x, i))",
            "z = x * 1; z[i] = 5; sum(z)",
            "z = x * 1; z[0, i] = x[0, [1]]; sum(z)",
            "z = x * 1; z[i] += 2.5; sum(z)",
            "p = {q: {r: x}}; p.q.r[0, i] = 3; sum(p.q.r)",
            "s = 0.0; for k in 0..20 { s += sum(x[i]) * k }; s",
            "if sum(x) > 0 { sum(x[i]) } else { 0.0 }",
            "sum(vmap(row -> row[i])(x))",
            "vmap(row -> { row[i] = 1; row })(x)",
            "grad(x -> sum(x[i]))(x)");

    @TestFactory
    Stream<DynamicTest> reports() {
        return BODIES.stream().map(body -> DynamicTest.dynamicTest(body, () -> {
            String eager = report(body, "body", 0);
            assertTrue(eager.contains("TFL-E0305"), eager);
            assertEquals(eager, report(body, "graph(body)", 0));
            assertEquals(eager, report(body, "graph(body, wait=true)", 4));
        }));
    }

    private static String report(String body, String called, int rounds) {
        var program = new Program("index.tfl", """
                fn body(x, i) { %s }
                f = %s
                x = ones((2, 3))
                for round in 0..%d { f(x, [0]) }
                f(x, [7])
                """.formatted(body, called, rounds));
        // A graph has no calls within it.
        return Outcome.of(program, null).report().lines().filter(line -> !line.strip().startsWith("in "))
                .collect(Collectors.joining("\n"));
    }
}

package tfl.tests;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.graalvm.polyglot.Engine;
import org.junit.jupiter.api.Test;

/** What the other tests of whole programs stand on. */
class RuntimeTest {

    @Test
    void testsRunOnTheOptimisingRuntime() {
        try (var engine = Engine.create()) {
            assertTrue(engine.getImplementationName().startsWith("GraalVM"), engine.getImplementationName());
            assertTrue(engine.getLanguages().containsKey("tfl"), engine.getLanguages().toString());
        }
    }
}

package tfl.embedding;

import java.util.HashMap;
import java.util.Map;
import org.graalvm.polyglot.Engine;

/**
 * The engines that sessions share unless they are told otherwise: one for those that may use Java classes, and one for
 * all others, since an engine has one rule for access to Java.
 */
final class Engines {
    // As the tfl command does: a function that runs kernels gains little from machine code of its own, and the
    // compiler takes a processor from them.
    private static final Map<String, String> COMPILATION = Map.of("engine.MultiTier", "false",
            "engine.DynamicCompilationThresholds", "false", "engine.SingleTierCompilationThreshold", "10000");

    private static final Map<Boolean, Engine> ENGINES = new HashMap<>();

    private Engines() {}

    static synchronized Engine shared(boolean withJava) {
        return ENGINES.computeIfAbsent(withJava, each -> make());
    }

    // Where Truffle has no compiler it knows no options for one, and would warn before it says so.
    private static Engine make() {
        var plain = quiet().build();
        if (plain.getOptions().get("engine.MultiTier") == null) {
            return plain;
        }
        plain.close();
        return quiet().options(COMPILATION).build();
    }

    private static Engine.Builder quiet() {
        return Engine.newBuilder().allowExperimentalOptions(true).option("engine.WarnInterpreterOnly", "false")
                .option("engine.WarnVirtualThreadSupport", "false");
    }
}

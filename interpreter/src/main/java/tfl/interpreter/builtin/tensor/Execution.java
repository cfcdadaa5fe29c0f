package tfl.interpreter.builtin.tensor;

import java.util.Comparator;
import java.util.ServiceLoader;
import tfl.backend.Backend;
import tfl.lower.CompiledRegions;
import tfl.transform.EagerOps;

/** Where primitives run: the best backend there is, chosen at the first need. */
public final class Execution {
    private Execution() {}

    private static final class Chosen {
        static final EagerOps OPS = new EagerOps(ServiceLoader.load(Backend.class,
                Backend.class.getClassLoader())
                .stream().map(ServiceLoader.Provider::get)
                .min(Comparator.comparing(backend -> backend.device().equals("cpu") ? 0 : 1))
                .orElseThrow(() -> new IllegalStateException("no backend is on the class path")))
                .runningRegionsBy(CompiledRegions::new);
    }

    /** Runs primitives at once. */
    public static EagerOps ops() {
        return Chosen.OPS;
    }
}

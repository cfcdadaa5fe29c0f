package tfl.backend.cpu;

import java.lang.foreign.MemorySegment;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import tfl.backend.llvm.LlvmCompiler;
import tfl.backend.llvm.Unsupported;

/** The compiled kernels of this process. What is not here comes from the disk cache, or from LLVM. */
final class KernelStore {
    private static final Map<Object, Map<String, KernelCode>> LOADED = new ConcurrentHashMap<>();

    private KernelStore() {}

    /**
     * The functions of a kernel's module.
     *
     * @param key a value that tells kernels apart
     * @param text writes the module
     * @throws Unsupported if there can be no code: it is left to the reference
     */
    static Map<String, KernelCode> get(Object key, Supplier<String> text) {
        var known = LOADED.get(key);
        if (known != null) {
            return known;
        }
        try {
            return LOADED.computeIfAbsent(key, absent -> load(text.get()));
        } catch (UnsatisfiedLinkError missing) {
            throw new Unsupported(missing);
        }
    }

    private static Map<String, KernelCode> load(String text) {
        var name = KernelCache.name(text);
        var cached = KernelCache.read(name);
        if (cached.isPresent()) {
            try {
                return functions(ObjectLoader.load(cached.get()));
            } catch (IllegalArgumentException damaged) {
                KernelCache.remove(name);
            }
        }
        var object = LlvmCompiler.compile(text);
        KernelCache.write(name, object);
        return functions(ObjectLoader.load(object));
    }

    private static Map<String, KernelCode> functions(Map<String, MemorySegment> addresses) {
        var functions = new ConcurrentHashMap<String, KernelCode>();
        addresses.forEach((name, address) -> functions.put(name, new KernelCode(address)));
        return Map.copyOf(functions);
    }
}

package tfl.backend.cpu;

import java.lang.foreign.MemorySegment;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import tfl.backend.llvm.LlvmCompiler;
import tfl.backend.llvm.Unsupported;

/** The compiled kernels of this process. What is not here comes from the disk cache, or from LLVM. */
final class KernelStore {
    /** Large at once: a table that grows waits for all that are being compiled. */
    private static final Map<Object, CompiledKernel> LOADED = new ConcurrentHashMap<>(1024);

    private KernelStore() {}

    /**
     * The functions of a kernel's module.
     *
     * @param key a value that tells kernels apart
     * @param text writes the module
     * @throws Unsupported if there can be no code: it is left to the reference
     */
    static Map<String, KernelCode> get(Object key, Supplier<String> text) {
        return compiled(key, text).functions();
    }

    /** The same with how they came about. */
    static CompiledKernel compiled(Object key, Supplier<String> text) {
        var known = LOADED.get(key);
        if (known != null) {
            return known;
        }
        try {
            return LOADED.computeIfAbsent(key, absent -> load(key, text));
        } catch (UnsatisfiedLinkError missing) {
            throw new Unsupported(missing);
        }
    }

    private static CompiledKernel load(Object key, Supplier<String> writer) {
        long start = System.nanoTime();
        var text = writer.get();
        var name = KernelCache.name(text);
        var cached = KernelCache.read(name);
        if (cached.isPresent()) {
            try {
                return new CompiledKernel(functions(ObjectLoader.load(cached.get(), key)), writer,
                        System.nanoTime() - start, true);
            } catch (IllegalArgumentException damaged) {
                KernelCache.remove(name);
            }
        }
        var object = LlvmCompiler.compile(text);
        KernelCache.write(name, object);
        return new CompiledKernel(functions(ObjectLoader.load(object, key)), writer, System.nanoTime() - start, false);
    }

    private static Map<String, KernelCode> functions(Map<String, MemorySegment> addresses) {
        var functions = new ConcurrentHashMap<String, KernelCode>();
        addresses.forEach((name, address) -> functions.put(name, new KernelCode(address)));
        return Map.copyOf(functions);
    }
}

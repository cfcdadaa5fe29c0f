package tfl.backend.cpu;

import java.lang.foreign.MemorySegment;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import tfl.backend.llvm.Generator;
import tfl.backend.llvm.KernelSource;
import tfl.backend.llvm.LlvmCompiler;
import tfl.backend.llvm.Unsupported;

/** The compiled kernels of this process. What is not here comes from the disk cache, or from LLVM. */
final class KernelStore {
    /** Large at once: a table that grows waits for all that are being compiled. */
    private static final Map<KernelSource, CompiledKernel> LOADED = new ConcurrentHashMap<>(1024);

    private KernelStore() {}

    /**
     * The functions of a kernel's module.
     *
     * @throws Unsupported if there can be no code: it is left to the reference
     */
    static Map<String, KernelCode> get(KernelSource kernel) {
        return compiled(kernel).functions();
    }

    /** The same with how they came about. */
    static CompiledKernel compiled(KernelSource kernel) {
        var known = LOADED.get(kernel);
        if (known != null) {
            return known;
        }
        try {
            return LOADED.computeIfAbsent(kernel, KernelStore::load);
        } catch (UnsatisfiedLinkError missing) {
            throw new Unsupported(missing);
        }
    }

    private static CompiledKernel load(KernelSource kernel) {
        long start = System.nanoTime();
        var key = KernelCache.key(kernel, Generator.fingerprint());
        var cached = KernelCache.FILES.read(key);
        if (cached.isPresent()) {
            try {
                return ready(ObjectLoader.load(cached.get(), kernel), kernel, start, true);
            } catch (IllegalArgumentException damaged) {
                KernelCache.FILES.remove(key);
            }
        }
        var object = LlvmCompiler.compile(kernel.text());
        KernelCache.FILES.write(key, object);
        return ready(ObjectLoader.load(object, kernel), kernel, start, false);
    }

    private static CompiledKernel ready(Map<String, MemorySegment> loaded, KernelSource kernel, long start,
            boolean isFromDisk) {
        var functions = functions(loaded);
        long now = System.nanoTime();
        return new CompiledKernel(functions, kernel, now - start, now, isFromDisk);
    }

    private static Map<String, KernelCode> functions(Map<String, MemorySegment> addresses) {
        var functions = new ConcurrentHashMap<String, KernelCode>();
        addresses.forEach((name, address) -> functions.put(name, new KernelCode(address)));
        return Map.copyOf(functions);
    }
}

package tfl.backend.cpu;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import tfl.backend.CacheDirectory;
import tfl.backend.DiskCache;
import tfl.backend.llvm.Description;
import tfl.backend.llvm.KernelSource;
import tfl.backend.llvm.LlvmCompiler;

/** Compiled objects on disk: those of this kind of processor. Without a cache, kernels simply stay in memory. */
final class KernelCache {
    private static final int MOST_FILES = 20_000;

    /** The files, by {@link #key}. */
    static final DiskCache FILES = new DiskCache(CacheDirectory.KERNELS, CacheDirectory.KERNEL_ENDING, MOST_FILES,
            (LlvmCompiler.VERSION + " " + LlvmCompiler.PASSES + " " + HostProcessor.describe())
                    .getBytes(StandardCharsets.UTF_8));

    private KernelCache() {}

    /**
     * What tells the object of a module from others on this kind of processor: its description and which generator
     * writes the text, so that the text of an object on disk need not be written; the text itself for a generator
     * without a name.
     */
    static byte[] key(KernelSource kernel, String generator) {
        if (generator.isEmpty()) {
            return kernel.text().getBytes(StandardCharsets.ISO_8859_1);
        }
        var writer = generator.getBytes(StandardCharsets.ISO_8859_1);
        var description = Description.of(kernel);
        // No text begins or goes on with a zero.
        return ByteBuffer.allocate(2 + writer.length + description.length).put((byte) 0).put(writer).put((byte) 0)
                .put(description).array();
    }
}

package tfl.backend.cpu;

import java.util.Map;
import java.util.function.Supplier;
import tfl.backend.Compiled;
import tfl.backend.llvm.LlvmCompiler;

/**
 * A kernel's module in memory.
 *
 * @param writer writes the module's text
 */
record CompiledKernel(Map<String, KernelCode> functions, Supplier<String> writer, long nanos, boolean isFromDisk)
        implements Compiled {
    @Override
    public String text(Form form) {
        var written = writer.get();
        return switch (form) {
            case WRITTEN -> written;
            case OPTIMISED -> LlvmCompiler.optimised(written);
            case ASSEMBLY -> LlvmCompiler.assembly(written);
        };
    }
}

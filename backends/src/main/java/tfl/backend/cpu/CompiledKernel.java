package tfl.backend.cpu;

import java.util.Map;
import tfl.backend.Compiled;
import tfl.backend.llvm.KernelSource;
import tfl.backend.llvm.LlvmCompiler;

/** A kernel's module in memory. */
record CompiledKernel(Map<String, KernelCode> functions, KernelSource source, long nanos, long readyAt,
        boolean isFromDisk)
        implements Compiled {
    @Override
    public String text(Form form) {
        var written = source.text();
        return switch (form) {
            case WRITTEN -> written;
            case OPTIMISED -> LlvmCompiler.optimised(written);
            case ASSEMBLY -> LlvmCompiler.assembly(written);
        };
    }
}
